import type { Instance } from '../graph/instance.ts';
import { sortByNumber } from '../graph/sort.ts';
import { int, real } from '../graph/sparse.ts';
import { EndHeap } from './end-heap.ts';
import { IntHeap } from './int-heap.ts';
import type { Timetable } from './timetable.ts';

/** Within its pool, for each task the first slot that is free at its start. `byStart`: tasks as they start. */
export function assignSlots(instance: Instance, byStart: Int32Array, timetable: Timetable): Int32Array {
  const { pools, runsIn } = instance;
  const free = pools.map(() => new IntHeap());
  const taken = new Set(runsIn.filter((slot) => slot >= 0));
  for (const [pool, { slots, first }] of pools.entries())
    for (const slot of slots.keys()) if (!taken.has(first + slot)) free[pool]?.push(slot);
  const slotOf = new Int32Array(instance.count);
  const running = new EndHeap(timetable.end);
  for (const task of byStart) {
    const now = real(timetable.start, task);
    while (running.size > 0 && real(timetable.end, running.top) <= now) {
      free[int(timetable.pool, running.top)]?.push(int(slotOf, running.top));
      running.pop();
    }
    const pool = int(timetable.pool, task);
    const known = int(runsIn, task) - (pools[pool]?.first ?? 0);
    const slot = int(runsIn, task) >= 0 ? known : (free[pool]?.pop() ?? 0);
    slotOf[task] = slot;
    running.push(task);
  }
  return slotOf;
}

/** Tasks as they start; of those that start together, what ends first, then by the order. */
export function startOrder(order: Int32Array, { start, end }: Timetable): Int32Array {
  return sortByNumber(sortByNumber(order.slice(), end, 1), start, 1);
}
