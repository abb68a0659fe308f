import { isHome, refText } from '../../domain/ids.ts';
import { mermaidLabel } from '../graph.ts';
import { type Mermaid, planMermaid } from './mermaid.ts';
import { numbered } from './numbered.ts';
import type { Preview } from './preview-view.ts';

/** The tasks of a dry run as a Mermaid graph, with what they wait for elsewhere and with the circles. */
export function previewMermaid(view: Preview): Mermaid {
  const { text, isTooLarge } = planMermaid(numbered(view));
  const numbers = new Map(view.plan.order.map((id, index) => [Number(id), index]));
  const names = [
    ...new Set(view.outside.flatMap(({ by }) => by.map(({ ref }) => refText(ref, view.repository)))),
  ];
  const nodes = names.map((name, index) => `  o${index}(["${mermaidLabel(name)}"]):::outside`);
  const arrows = view.outside.flatMap(({ issue, by }) =>
    by.map(({ ref }) => `  o${names.indexOf(refText(ref, view.repository))} --> t${numbers.get(issue)}`),
  );
  const lines = [text, ...nodes, ...arrows, ...circles(view, numbers)];
  return { text: [...lines, ...(nodes.length === 0 ? [] : [OUTSIDE])].join('\n'), isTooLarge };
}

/** Edges that have no order; the plan leaves them out. */
const circles = ({ cycles, repository }: Preview, numbers: ReadonlyMap<number, number>): readonly string[] =>
  cycles.flatMap(({ evidence }) => [
    ...new Set(
      evidence
        .filter(({ to }) => isHome(to, repository))
        .map(({ from, to }) => `  t${numbers.get(to.number)} -. circle .-> t${numbers.get(from.number)}`),
    ),
  ]);

const OUTSIDE = '  classDef outside fill:#ffffff,stroke:#57606a,color:#1f2328,stroke-dasharray:4 3';
