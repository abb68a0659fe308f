import { mermaidLabel } from '../graph.ts';
import { minutesText } from '../words.ts';
import { nameText, tasksById } from './names.ts';
import type { PlanView } from './view.ts';

/** What GitHub and Mermaid's own defaults draw at most. */
const MOST_EDGES = 500;
const MOST_TEXT = 50_000;

export interface Mermaid {
  readonly text: string;
  /** Whether GitHub would refuse to draw it. */
  readonly isTooLarge: boolean;
}

/** Tasks as a Mermaid graph: an arrow from each blocker, a dotted line between those that take turns with a key. */
export function planMermaid(view: PlanView): Mermaid {
  const { plan } = view;
  const numbers = new Map(plan.order.map((id, index) => [id, index]));
  const edges = [...arrows(view, numbers), ...turns(view, numbers)];
  const text = ['flowchart LR', ...nodes(view), ...edges, ...CLASSES].join('\n');
  return { text, isTooLarge: edges.length > MOST_EDGES || text.length > MOST_TEXT };
}

function nodes(view: PlanView): readonly string[] {
  const tasks = tasksById(view);
  const critical = new Set(view.plan.criticalPath);
  const minutes = new Map(view.plan.schedule.map(({ id, start, end }) => [id, end - start]));
  return view.plan.order.map((id, index) => {
    const label = `${mermaidLabel(nameText(id, tasks.get(id)))}<br/>${minutesText(minutes.get(id) ?? 0)}`;
    return `  t${index}["${label}"]:::${critical.has(id) ? 'critical' : 'task'}`;
  });
}

function arrows({ request }: PlanView, numbers: ReadonlyMap<string, number>): readonly string[] {
  return request.tasks.flatMap((task) =>
    [...new Set(task.deps?.map(String))].map(
      (dep) => `  t${numbers.get(dep)} --> t${numbers.get(String(task.id))}`,
    ),
  );
}

/** In the order in which the plan gives them the key. */
function turns(view: PlanView, numbers: ReadonlyMap<string, number>): readonly string[] {
  const tasks = tasksById(view);
  const last = new Map<string, string>();
  const lines: string[] = [];
  for (const { id } of view.plan.schedule) {
    for (const key of new Set(tasks.get(id)?.exclusiveKeys)) {
      const before = last.get(key);
      last.set(key, id);
      if (before === undefined) continue;
      lines.push(`  t${numbers.get(before)} -.-|"${mermaidLabel(key)}"| t${numbers.get(id)}`);
    }
  }
  return lines;
}

/** Dark on light, readable on both of GitHub's backgrounds. */
const CLASSES = [
  '  classDef task fill:#d0d7de,stroke:#57606a,color:#1f2328',
  '  classDef critical fill:#ffd8b5,stroke:#953800,color:#1f2328,stroke-width:3px',
];
