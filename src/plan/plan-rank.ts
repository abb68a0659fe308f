import type { PlanGraph } from './plan-graph.ts';

/** The longest path from each task's start to the end of everything that waits for it, minutes (critical-path rank). */
export function ranksOf({ topological, after, duration }: PlanGraph): Float64Array {
  const rank = new Float64Array(duration.length);
  for (const task of topological.toReversed()) {
    let longest = 0;
    for (const dependent of after[task] ?? []) longest = Math.max(longest, rank[dependent] ?? 0);
    rank[task] = longest + (duration[task] ?? 0);
  }
  return rank;
}

/** User priorities as tiers: what something urgent waits for is as urgent. */
export function tiersOf({ topological, after, tier }: PlanGraph): Float64Array {
  const urgent = tier.slice();
  for (const task of topological.toReversed()) {
    for (const dependent of after[task] ?? [])
      urgent[task] = Math.max(urgent[task] ?? 0, urgent[dependent] ?? 0);
  }
  return urgent;
}

/** Whether a task comes before another: tier, then rank, then the longer one, then the smaller id. A total order. */
export function precedence(graph: PlanGraph): (a: number, b: number) => number {
  const rank = ranksOf(graph);
  const tier = tiersOf(graph);
  const of = (values: Float64Array, task: number): number => values[task] ?? 0;
  return (a, b) =>
    of(tier, b) - of(tier, a) ||
    of(rank, b) - of(rank, a) ||
    of(graph.duration, b) - of(graph.duration, a) ||
    a - b;
}

/** One longest chain of tasks, first to last. */
export function criticalPath(graph: PlanGraph): readonly number[] {
  const rank = ranksOf(graph);
  const longest = (tasks: Iterable<number>): number | null => {
    let best: number | null = null;
    for (const task of tasks) if (best === null || (rank[task] ?? 0) > (rank[best] ?? 0)) best = task;
    return best;
  };
  const path: number[] = [];
  const roots = graph.topological.filter((task) => graph.before[task]?.length === 0);
  for (let task = longest(roots); task !== null; task = longest(graph.after[task] ?? [])) path.push(task);
  return path;
}
