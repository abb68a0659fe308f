import { reals } from '../graph/arrays.ts';
import type { Instance } from '../graph/instance.ts';
import type { Ranking } from '../graph/ranks.ts';
import { int, real, sizeOf, turned } from '../graph/sparse.ts';
import { type Crew, crewsOf } from './crews.ts';
import { loadBound } from './load.ts';
import { roundedUp } from './whole.ts';

/** With more tasks, sets of tasks on one resource are not sorted: only all of them are looked at. */
const MOST_SORTED = 20_000;

/**
 * No schedule can be shorter than this; minutes. The largest of: the critical path; and, for every set of workers and
 * the work that only they can do, every key and every resource, the load between the heads and tails of its tasks.
 */
export function lowerBound(instance: Instance, ranking: Ranking): number {
  const tail = tailsOf(instance, ranking);
  const given: Given = { instance, head: ranking.head, tail };
  const bound = Math.max(pathBound(ranking), workBound(given), keyBound(given), resourceBound(given));
  return roundedUp(bound, instance);
}

interface Given {
  readonly instance: Instance;
  readonly head: Float64Array;
  readonly tail: Float64Array;
}

/** Minutes after the end of each task to the end of the longest chain that it begins. */
function tailsOf({ count, duration }: Instance, { rank }: Ranking): Float64Array {
  const tail = reals(count);
  for (let task = 0; task < count; task++) tail[task] = real(rank, task) - real(duration, task);
  return tail;
}

function pathBound({ head, rank }: Ranking): number {
  let most = 0;
  for (let task = 0; task < head.length; task++) most = Math.max(most, real(head, task) + real(rank, task));
  return most;
}

function workBound(given: Given): number {
  let bound = 0;
  for (const crew of crewsOf(given.instance)) {
    const energy = crew.tasks.length === 0 ? 0 : spreadBound(given, crew);
    bound = Math.max(bound, energy, boundOf(given, { ...crew, demand: ONE }));
  }
  return bound;
}

const ONE = (): number => 1;

/** On each worker something is first and something last: what is idle before and after adds to the work. */
function spreadBound({ instance, head, tail }: Given, { tasks, capacity }: Crew): number {
  let work = 0;
  for (let index = 0; index < tasks.length; index++) work += real(instance.duration, int(tasks, index));
  if (tasks.length < capacity) return work / capacity;
  return (leastOf(tasks, head, capacity) + work + leastOf(tasks, tail, capacity)) / capacity;
}

/** The sum of the least of the tasks' numbers. The least so far are kept in order: mostly a number is not among them. */
function leastOf(tasks: Int32Array, number: Float64Array, count: number): number {
  if (count > MOST_KEPT) return leastSorted(tasks, number, count);
  const least = new Float64Array(count).fill(Number.POSITIVE_INFINITY);
  for (let index = 0; index < tasks.length; index++) {
    const value = real(number, int(tasks, index));
    let place = count - 1;
    if (value >= real(least, place)) continue;
    for (; place > 0 && real(least, place - 1) > value; place--) least[place] = real(least, place - 1);
    least[place] = value;
  }
  return least.reduce((sum, value) => sum + value, 0);
}

const MOST_KEPT = 64;

function leastSorted(tasks: Int32Array, number: Float64Array, count: number): number {
  const all = Float64Array.from(tasks, (task) => real(number, task)).sort();
  return all.subarray(0, count).reduce((sum, value) => sum + value, 0);
}

function keyBound(given: Given): number {
  const holders = holdersOf(given.instance);
  let bound = 0;
  for (let key = 0; key < given.instance.keyCount; key++) {
    if (sizeOf(holders, key) < 2) continue;
    const tasks = holders.items.subarray(int(holders.start, key), int(holders.start, key + 1));
    bound = Math.max(bound, boundOf(given, { tasks, capacity: 1, demand: ONE }));
  }
  return bound;
}

/** Keys by task, turned round. */
const holdersOf = ({ keys, keyCount, count }: Instance) =>
  turned({ start: padded(keys.start, Math.max(count, keyCount) + 1), items: keys.items });

/** More rows, without items. */
function padded(start: Int32Array, length: number): Int32Array {
  const longer = new Int32Array(length).fill(int(start, start.length - 1));
  longer.set(start);
  return longer;
}

function resourceBound(given: Given): number {
  const { capacity, kinds, kindOf, count } = given.instance;
  let bound = 0;
  for (let index = 0; index < capacity.length; index++) {
    const demand = (task: number): number => kinds[int(kindOf, task)]?.demand[index] ?? 0;
    const tasks = Int32Array.from({ length: count }, (_, task) => task).filter((task) => demand(task) > 0);
    if (tasks.length > 0)
      bound = Math.max(bound, boundOf(given, { tasks, capacity: real(capacity, index), demand }));
  }
  return bound;
}

function boundOf(
  { instance, head, tail }: Given,
  load: Crew & { readonly demand: (task: number) => number },
): number {
  const { tasks, capacity, demand } = load;
  if (tasks.length === 0) return 0;
  if (tasks.length > MOST_SORTED) return wholeBound({ instance, head, tail }, load);
  const energy = Float64Array.from(tasks, (task) => real(instance.duration, task) * demand(task));
  return loadBound({ tasks, head, tail, energy, capacity });
}

function wholeBound(
  { instance, head, tail }: Given,
  { tasks, capacity, demand }: Crew & { readonly demand: (task: number) => number },
): number {
  let [sum, leastHead, leastTail] = [0, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let place = 0; place < tasks.length; place++) {
    const task = int(tasks, place);
    sum += real(instance.duration, task) * demand(task);
    if (real(head, task) < leastHead) leastHead = real(head, task);
    if (real(tail, task) < leastTail) leastTail = real(tail, task);
  }
  return leastHead + sum / capacity + leastTail;
}
