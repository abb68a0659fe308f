import { batchesOf, type readRequest } from './heddle.ts';

type Instance = ReturnType<typeof readRequest>;
type Rows = Instance['keys'];

/** Batches of what can run together, one after the other; each takes as long as the longest in it. */
export function barrierBatches(instance: Instance, order: Int32Array): number {
  const batches = batchesOf(instance, order);
  let minutes = 0;
  for (let batch = 0; batch + 1 < batches.start.length; batch++)
    minutes += rowOf(batches, batch).reduce((most, task) => Math.max(most, instance.duration[task] ?? 0), 0);
  return minutes;
}

/**
 * When all is done if no task starts before one that stands before it: for equal workers, without resources. Where
 * workers differ, as if all could do everything.
 */
export function withoutOvertaking(instance: Instance, order: Int32Array): number {
  const freeAt = instance.pools.flatMap(({ slots }) => slots.map(() => 0));
  const keyFreeAt = new Float64Array(instance.keyCount);
  const end = new Float64Array(instance.count);
  let start = 0;
  for (const task of order) {
    const keys = rowOf(instance.keys, task);
    const worker = freeAt.indexOf(Math.min(...freeAt));
    start = Math.max(start, freeAt[worker] ?? 0);
    for (const blocker of rowOf(instance.blockers, task)) start = Math.max(start, end[blocker] ?? 0);
    for (const key of keys) start = Math.max(start, keyFreeAt[key] ?? 0);
    const ends = start + (instance.duration[task] ?? 0);
    end[task] = ends;
    freeAt[worker] = ends;
    for (const key of keys) keyFreeAt[key] = ends;
  }
  return end.reduce((a, b) => Math.max(a, b), 0);
}

const rowOf = ({ start, items }: Rows, row: number): Int32Array => items.subarray(start[row], start[row + 1]);
