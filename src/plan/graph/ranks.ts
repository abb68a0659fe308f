import { ints, reals } from './arrays.ts';
import type { Instance } from './instance.ts';
import { sortByNumber } from './sort.ts';
import { Ints, int, type Rows, real, rowOf } from './sparse.ts';

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
  const { rank, hops } = tailsOf(instance);
  const tier = tiersOf(instance);
  return { order: inPriority(instance, { rank, tier, hops }), tier, rank, head: headsOf(instance) };
}

interface Criteria {
  readonly rank: Float64Array;
  readonly tier: Float64Array;
  /** Tasks ahead on the chain that add nothing to the rank: keeps a blocker of no duration before its dependents. */
  readonly hops: Float64Array;
}

function tailsOf({ dependents, duration, topological, count }: Instance): Pick<Criteria, 'rank' | 'hops'> {
  const rank = reals(count);
  const hops = reals(count);
  for (let index = count - 1; index >= 0; index--) {
    const task = int(topological, index);
    const stop = int(dependents.start, task + 1);
    let tail = 0;
    for (let place = int(dependents.start, task); place < stop; place++) {
      const next = real(rank, int(dependents.items, place));
      if (next > tail) tail = next;
    }
    rank[task] = real(duration, task) + tail;
    if (real(rank, task) === tail) hops[task] = hopsAfter({ task, dependents, rank, hops });
  }
  return { rank, hops };
}

function hopsAfter(given: {
  task: number;
  dependents: Rows;
  rank: Float64Array;
  hops: Float64Array;
}): number {
  const { task, dependents, rank, hops } = given;
  const stop = int(dependents.start, task + 1);
  let most = 0;
  for (let place = int(dependents.start, task); place < stop; place++) {
    const next = int(dependents.items, place);
    if (real(rank, next) === real(rank, task)) most = Math.max(most, real(hops, next) + 1);
  }
  return most;
}

function tiersOf({ dependents, tier, topological, count }: Instance): Float64Array {
  if (tier.every((value) => value === tier[0])) return tier;
  const highest = tier.slice();
  for (let index = count - 1; index >= 0; index--) {
    const task = int(topological, index);
    const stop = int(dependents.start, task + 1);
    for (let place = int(dependents.start, task); place < stop; place++) {
      const next = real(highest, int(dependents.items, place));
      if (next > real(highest, task)) highest[task] = next;
    }
  }
  return highest;
}

/** By the least of the criteria first: later ones keep what earlier ones did where they see no difference. */
function inPriority({ count, duration }: Instance, { rank, tier, hops }: Criteria): Int32Array {
  const order = ints(count);
  for (let task = 0; task < count; task++) order[task] = task;
  for (const number of [duration, hops, rank, tier]) sortByNumber(order, number, -1);
  return order;
}

function headsOf({ release, duration, dependents, topological, count }: Instance): Float64Array {
  const head = reals(count);
  head.set(release);
  for (let index = 0; index < count; index++) {
    const task = int(topological, index);
    const stop = int(dependents.start, task + 1);
    const end = real(head, task) + real(duration, task);
    for (let place = int(dependents.start, task); place < stop; place++) {
      const next = int(dependents.items, place);
      if (end > real(head, next)) head[next] = end;
    }
  }
  return head;
}

/** The longest chain, from its first task; of several, the one that comes first in the order. */
export function criticalPath({ dependents }: Instance, { order, rank }: Ranking): Int32Array {
  const place = ints(order.length);
  for (let index = 0; index < order.length; index++) place[int(order, index)] = index;
  const longest = (tasks: Int32Array): number => {
    let best = -1;
    for (let index = 0; index < tasks.length; index++) {
      const task = int(tasks, index);
      const more = best < 0 ? 1 : real(rank, task) - real(rank, best);
      if (more > 0 || (more === 0 && int(place, task) < int(place, best))) best = task;
    }
    return best;
  };
  const path = new Ints(16);
  for (let next = longest(order); next >= 0; next = longest(rowOf(dependents, next))) path.push(next);
  return path.taken();
}
