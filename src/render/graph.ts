import type { Dependency } from '../domain/dependency.ts';
import { isHome } from '../domain/ids.ts';
import { type LookName, lookOf } from './states.ts';
import { clean, shorten } from './text.ts';
import type { CycleView, TaskRow } from './tracking-view.ts';
import { type Home, issueText } from './words.ts';

export interface GraphView {
  readonly home: Home;
  readonly rows: readonly TaskRow[];
  readonly dependencies: readonly Dependency[];
  readonly cycles: readonly CycleView[];
}

/** GitHub draws no larger graphs (text of 50,000 characters, 500 edges), and nobody could read them. */
const MAX_NODES = 250;
const MAX_EDGES = 450;
const MAX_TEXT = 45_000;

/** The graph as a Mermaid block, or a sentence that says why there is none. */
export function renderGraph(view: GraphView): string {
  const edges = edgesOf(view);
  const outside = new Map(edges.flatMap((edge) => (edge.outside ? [[edge.from, edge.outside]] : [])));
  if (view.rows.length + outside.size > MAX_NODES || edges.length > MAX_EDGES) return TOO_LARGE;
  const text = [
    'flowchart LR',
    ...view.rows.map(node),
    ...[...outside].map(([id, label]) => `  ${id}(["${mermaidLabel(label)}"]):::outside`),
    ...edges.map((edge) => `  ${edge.from} ${edge.inCycle ? '-. circle .->' : '-->'} ${edge.to}`),
    ...CLASSES,
  ].join('\n');
  return text.length > MAX_TEXT ? TOO_LARGE : `\`\`\`mermaid\n${text}\n\`\`\``;
}

const TOO_LARGE = '_The graph is too large to draw here; the table below has everything._';

/**
 * Untrusted text inside a quoted Mermaid label: everything but letters, digits, spaces and a few harmless marks becomes a
 * numbered entity (`#34;`), so that no quote, bracket, HTML, comment or keyword of the language is left.
 */
export function mermaidLabel(text: string, max = 44): string {
  const line = shorten(clean(text).replaceAll(/\s+/g, ' ').trim(), max);
  return line.replaceAll(HARMFUL, (each) => `#${each.codePointAt(0)};`);
}

const HARMFUL = /(?!\u200d|\ufe0f)[^\p{L}\p{M}\p{N} .,\-…\p{Extended_Pictographic}]/gu;

interface Edge {
  readonly from: string;
  readonly to: string;
  /** The words for a blocker that is no task here; null for tasks. */
  readonly outside: string | null;
  readonly inCycle: boolean;
}

function edgesOf(view: GraphView): readonly Edge[] {
  const tasks = new Set(view.rows.map((row) => row.issue));
  const circles = new Set(view.cycles.flatMap((cycle) => stepsOf(cycle.path)));
  const edges = new Map<string, Edge>();
  for (const dependency of view.dependencies) {
    if (!tasks.has(dependency.from.number) || !isHome(dependency.from, view.home)) continue;
    const edge = edgeOf(dependency, { home: view.home, tasks, circles });
    edges.set(`${edge.from} ${edge.to}`, edge);
  }
  return [...edges.values()];
}

function edgeOf(
  { from, to }: Dependency,
  { home, tasks, circles }: { home: Home; tasks: ReadonlySet<number>; circles: ReadonlySet<string> },
): Edge {
  const local = isHome(to, home);
  const inCycle = local && circles.has(`${from.number} ${to.number}`);
  if (local && tasks.has(to.number))
    return { from: `i${to.number}`, to: `i${from.number}`, outside: null, inCycle };
  const label = local ? issueText(to.number) : `${to.owner}/${to.name}#${to.number}`;
  const id = local
    ? `o${to.number}`
    : `x${[...label.toLowerCase()].map((each) => each.codePointAt(0)?.toString(36)).join('_')}`;
  return { from: id, to: `i${from.number}`, outside: label, inCycle };
}

/** The steps of a circle in both directions, since the path may be told either way round. */
const stepsOf = (path: readonly number[]): readonly string[] =>
  path.slice(1).flatMap((issue, index) => [`${path[index]} ${issue}`, `${issue} ${path[index]}`]);

function node(row: TaskRow): string {
  const look = lookOf(row.status);
  const label = mermaidLabel(`${look.emoji} #${row.issue} ${row.title ?? ''}`);
  return `  i${row.issue}["${label}"]:::${look.look}`;
}

/** White on dark or dark on light, readable on both of GitHub's backgrounds. */
const COLOURS: Readonly<Record<LookName | 'outside', string>> = {
  waiting: 'fill:#d0d7de,stroke:#57606a,color:#1f2328',
  running: 'fill:#0969da,stroke:#033d8b,color:#ffffff',
  review: 'fill:#8250df,stroke:#512a97,color:#ffffff',
  person: 'fill:#bf8700,stroke:#633c01,color:#ffffff',
  done: 'fill:#1a7f37,stroke:#044f1e,color:#ffffff',
  failed: 'fill:#cf222e,stroke:#82071e,color:#ffffff',
  gone: 'fill:#6e7781,stroke:#424a53,color:#ffffff',
  outside: 'fill:#ffffff,stroke:#57606a,color:#1f2328,stroke-dasharray:4 3',
};

const CLASSES = Object.entries(COLOURS).map(([name, style]) => `  classDef ${name} ${style}`);
