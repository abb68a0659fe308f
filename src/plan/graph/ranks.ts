import type { Instance } from './instance.ts';
import { inOrder } from './order.ts';
import { sortByNumber } from './sort.ts';
import { int, type Rows, real, rowOf } from './sparse.ts';

export interface Ranking {
  /** Every task, blockers before dependents, first to start first. */
  readonly order: Int32Array;
  /** Priority, where a blocker has at least that of what waits for it; higher first. */
  readonly tier: Float64Array;
  /** Minutes from the start of each task to the end of the longest chain that it begins (critical-path rank). */
  readonly rank: Float64Array;
  /** Minutes before each task by the longest chain and its release. */
  readonly head: Float64Array;
}

/**
 * The priority order: tiers first, and a blocker has at least the tier of what waits for it; then the critical-path
 * rank; then the longest processing time; then the id. Nothing depends on the order of the input.
 */
export function rankTasks(instance: Instance): Ranking {
  const topological = inOrder(instance.blockers, instance.dependents);
  const tails = tailsOf(instance, topological);
  const head = headsOf(instance, topological);
  const order = inPriority(instance, tails);
  return { order, tier: tails.tier, rank: tails.rank, head };
}

interface Tails {
  readonly rank: Float64Array;
  readonly tier: Float64Array;
  /** Tasks ahead on the chain that add nothing to the rank: keeps a blocker of no duration before its dependents. */
  readonly hops: Float64Array;
}

function tailsOf(instance: Instance, topological: Int32Array): Tails {
  const { dependents, duration } = instance;
  const rank = new Float64Array(instance.count);
  const tier = instance.tier.slice();
  const hops = new Float64Array(instance.count);
  for (let index = instance.count - 1; index >= 0; index--) {
    const task = int(topological, index);
    const stop = int(dependents.start, task + 1);
    let tail = 0;
    let highest = real(tier, task);
    for (let place = int(dependents.start, task); place < stop; place++) {
      const next = int(dependents.items, place);
      if (real(rank, next) > tail) tail = real(rank, next);
      if (real(tier, next) > highest) highest = real(tier, next);
    }
    tier[task] = highest;
    rank[task] = real(duration, task) + tail;
    if (real(rank, task) === tail) hops[task] = hopsAfter({ task, dependents, rank, hops });
  }
  return { rank, tier, hops };
}

function hopsAfter(given: {
  task: number;
  dependents: Rows;
  rank: Float64Array;
  hops: Float64Array;
}): number {
  const { task, dependents, rank, hops } = given;
  let most = 0;
  for (const next of rowOf(dependents, task))
    if (real(rank, next) === real(rank, task)) most = Math.max(most, real(hops, next) + 1);
  return most;
}

/** By the least of the criteria first: later ones keep what earlier ones did where they see no difference. */
function inPriority({ count, duration }: Instance, { rank, tier, hops }: Tails): Int32Array {
  const order = new Int32Array(count);
  for (let task = 0; task < count; task++) order[task] = task;
  for (const number of [duration, hops, rank, tier]) sortByNumber(order, number, -1);
  return order;
}

function headsOf({ release, duration, dependents }: Instance, topological: Int32Array): Float64Array {
  const head = release.slice();
  for (let index = 0; index < topological.length; index++) {
    const task = int(topological, index);
    const end = real(head, task) + real(duration, task);
    const stop = int(dependents.start, task + 1);
    for (let place = int(dependents.start, task); place < stop; place++) {
      const next = int(dependents.items, place);
      if (end > real(head, next)) head[next] = end;
    }
  }
  return head;
}

/** The longest chain, from its first task; of several, the one that comes first in the order. */
export function criticalPath({ dependents }: Instance, { order, rank }: Ranking): readonly number[] {
  const place = new Int32Array(order.length);
  for (let index = 0; index < order.length; index++) place[int(order, index)] = index;
  const longest = (tasks: Int32Array): number => {
    let best = -1;
    for (const task of tasks) {
      const more = best < 0 ? 1 : real(rank, task) - real(rank, best);
      if (more > 0 || (more === 0 && int(place, task) < int(place, best))) best = task;
    }
    return best;
  };
  const path: number[] = [];
  for (let next = longest(order); next >= 0; next = longest(rowOf(dependents, next))) path.push(next);
  return path;
}
