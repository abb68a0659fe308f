import { alg, Graph } from '@dagrejs/graphlib';
import { DepGraph } from 'dependency-graph';
import { PGraph } from 'p-graph';
import toposort from 'toposort';

/** Tasks by name, each with what it waits for. */
export type Named = readonly { readonly id: string; readonly deps: readonly string[] }[];

/** What each package takes to build the graph and to give an order (or, for p-graph, to run it with nothing to do). */
export const PEERS: Readonly<Record<string, (tasks: Named) => unknown>> = {
  toposort: (tasks) =>
    toposort.array(
      tasks.map(({ id }) => id),
      tasks.flatMap(({ id, deps }) => deps.map((dep): [string, string] => [dep, id])),
    ),
  'dependency-graph': (tasks) => {
    const graph = new DepGraph();
    for (const { id } of tasks) graph.addNode(id);
    for (const { id, deps } of tasks) for (const dep of deps) graph.addDependency(id, dep);
    return graph.overallOrder();
  },
  '@dagrejs/graphlib': (tasks) => {
    const graph = new Graph({ directed: true });
    for (const { id } of tasks) graph.setNode(id);
    for (const { id, deps } of tasks) for (const dep of deps) graph.setEdge(dep, id);
    return alg.topsort(graph);
  },
  'p-graph': (tasks) => {
    const nodes = new Map(tasks.map(({ id }) => [id, { run: async () => {} }]));
    return new PGraph(
      nodes,
      tasks.flatMap(({ id, deps }) => deps.map((dep): [string, string] => [dep, id])),
    ).run({ concurrency: 8 });
  },
};

/** The least that any planner must do: Kahn's pass over numbers that are there already. */
export function bareKahn({ start, items, waits }: Kahn): number {
  const left = waits.slice();
  const order = new Int32Array(left.length);
  let end = 0;
  for (let node = 0; node < left.length; node++) if (left[node] === 0) order[end++] = node;
  for (let next = 0; next < end; next++) {
    const node = order[next] ?? 0;
    for (let at = start[node] ?? 0; at < (start[node + 1] ?? 0); at++) {
      const item = items[at] ?? 0;
      left[item] = (left[item] ?? 0) - 1;
      if (left[item] === 0) order[end++] = item;
    }
  }
  return end;
}

export interface Kahn {
  readonly start: Int32Array;
  readonly items: Int32Array;
  readonly waits: Int32Array;
}
