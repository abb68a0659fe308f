import type { Instance } from './instance.ts';
import { inOrder } from './order.ts';
import { at, rowOf } from './sparse.ts';

export interface Ranking {
  /** Every task, blockers before dependents, first to start first. */
  readonly order: Int32Array;
  /** The place of each task in the order. */
  readonly place: Int32Array;
  /** Minutes from the start of each task to the end of the longest chain that it begins (critical-path rank). */
  readonly rank: Float64Array;
  /** Minutes of the longest chain before each task. */
  readonly head: Float64Array;
}

/**
 * The priority order: tiers first, and a blocker has at least the tier of what waits for it; then the critical-path
 * rank; then the longest processing time; then the id. Nothing depends on the order of the input.
 */
export function rankTasks(instance: Instance): Ranking {
  const topological = inOrder(instance.blockers, instance.dependents);
  const tails = tailsOf(instance, topological);
  const order = topological.sort(comparing(instance, tails));
  const place = new Int32Array(instance.count);
  order.forEach((task, index) => {
    place[task] = index;
  });
  return { order, place, rank: tails.rank, head: headsOf(instance, order) };
}

interface Tails {
  readonly rank: Float64Array;
  readonly tier: Float64Array;
  /** Tasks ahead on the chain that add nothing to the rank: keeps a blocker of no duration before its dependents. */
  readonly hops: Int32Array;
}

function tailsOf(instance: Instance, topological: Int32Array): Tails {
  const rank = new Float64Array(instance.count);
  const tier = instance.tier.slice();
  const hops = new Int32Array(instance.count);
  for (let index = instance.count - 1; index >= 0; index--) {
    const task = at(topological, index);
    let tail = 0;
    for (const next of rowOf(instance.dependents, task)) {
      tail = Math.max(tail, at(rank, next));
      tier[task] = Math.max(at(tier, task), at(tier, next));
    }
    rank[task] = at(instance.duration, task) + tail;
    for (const next of rowOf(instance.dependents, task)) {
      if (at(rank, next) === at(rank, task)) hops[task] = Math.max(at(hops, task), at(hops, next) + 1);
    }
  }
  return { rank, tier, hops };
}

const comparing =
  ({ duration }: Instance, { rank, tier, hops }: Tails) =>
  (a: number, b: number): number =>
    at(tier, b) - at(tier, a) ||
    at(rank, b) - at(rank, a) ||
    at(hops, b) - at(hops, a) ||
    at(duration, b) - at(duration, a) ||
    a - b;

function headsOf(instance: Instance, order: Int32Array): Float64Array {
  const head = new Float64Array(instance.count);
  for (const task of order) {
    const end = at(head, task) + at(instance.duration, task);
    for (const next of rowOf(instance.dependents, task)) head[next] = Math.max(at(head, next), end);
  }
  return head;
}

/** The longest chain, from its first task; of several, the one that comes first in the order. */
export function criticalPath({ dependents }: Instance, { order, place, rank }: Ranking): readonly number[] {
  const longest = (best: number | undefined, task: number): number =>
    best === undefined ||
    at(rank, task) > at(rank, best) ||
    (at(rank, task) === at(rank, best) && at(place, task) < at(place, best))
      ? task
      : best;
  const path: number[] = [];
  let next = order.reduce<number | undefined>(longest, undefined);
  while (next !== undefined) {
    path.push(next);
    next = rowOf(dependents, next).reduce<number | undefined>(longest, undefined);
  }
  return path;
}
