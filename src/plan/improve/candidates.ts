import type { Instance } from '../graph/instance.ts';
import type { Ranking } from '../graph/ranks.ts';
import { sortByNumber } from '../graph/sort.ts';
import { int, real, rowOf } from '../graph/sparse.ts';
import { lateStarts } from '../schedule/justify.ts';
import type { Solution } from '../schedule/solution.ts';

/**
 * Orders that differ in what they trust: the ranks, the ranks with the queues at keys, or what a search has found, by
 * how long each task could wait there, or when it starts; and mixtures. In all of them blockers stand before their
 * dependents, and tiers come first. The most different ones come first.
 */
export function candidates(instance: Instance, ranking: Ranking, found: Solution): readonly Int32Array[] {
  const rank = scaled(ranking.rank);
  const keyed = scaled(keyedRank(instance, ranking));
  const late = scaled(lateStarts(instance, ranking, found.timetable));
  const early = scaled(found.timetable.start.map((start) => found.timetable.makespan - start));
  const mixed = (a: Float64Array, b: Float64Array, share: number): Float64Array =>
    a.map((number, task) => share * number + (1 - share) * real(b, task));
  const numbers = [
    rank,
    keyed,
    late,
    mixed(rank, keyed, 0.5),
    mixed(rank, late, 0.5),
    mixed(keyed, late, 0.5),
    mixed(rank, late, 0.25),
    mixed(keyed, late, 0.25),
    mixed(rank, early, 0.25),
    mixed(keyed, late, 0.75),
    mixed(rank, late, 0.75),
    mixed(rank, early, 0.5),
  ];
  return different([found.order, ...numbers.map((number) => inOrder(ranking, number))]);
}

const different = (orders: readonly Int32Array[]): readonly Int32Array[] =>
  [...new Map(orders.toReversed().map((order) => [order.join(), order])).values()].toReversed();

const scaled = (numbers: Float64Array): Float64Array => {
  const most = numbers.reduce((a, b) => Math.max(a, b), 0);
  return most > 0 ? numbers.map((number) => number / most) : numbers;
};

const inOrder = ({ order, tier }: Ranking, number: Float64Array): Int32Array =>
  sortByNumber(sortByNumber(order.slice(), number, -1), tier, -1);

/**
 * The critical-path rank where tasks with the same key are done one after the other, the lower rank last: a file that
 * many tasks change is a chain too.
 */
function keyedRank({ count, keys, keyCount, dependents, duration }: Instance, { order, rank }: Ranking) {
  const keyed = new Float64Array(count);
  const queue = new Float64Array(keyCount);
  const byRank = sortByNumber(order.slice(), rank, -1);
  for (let index = count - 1; index >= 0; index--) {
    const task = int(byRank, index);
    let tail = 0;
    for (const next of rowOf(dependents, task)) tail = Math.max(tail, real(keyed, next));
    const own = rowOf(keys, task);
    for (const key of own) tail = Math.max(tail, real(queue, key));
    keyed[task] = tail + real(duration, task);
    for (const key of own) queue[key] = real(keyed, task);
  }
  return keyed;
}
