import { copied } from '../graph/arrays.ts';
import type { Instance } from '../graph/instance.ts';
import { sortByNumber } from '../graph/sort.ts';
import { int, real } from '../graph/sparse.ts';
import { EndHeap } from './end-heap.ts';
import { IntHeap } from './int-heap.ts';
import type { Timetable } from './timetable.ts';

/** Gives each task, as they start, the first slot of its pool that is free then. */
export class Slots {
  private readonly instance: Instance;
  private readonly timetable: Timetable;
  /** Of all slots in one row: the worker, the pool, and when the last task in it ends. */
  readonly workers: readonly string[];
  private readonly poolOf: Int32Array;
  private readonly end: Float64Array;
  private readonly free: readonly IntHeap[];
  private readonly running: EndHeap;
  private readonly onePool: boolean;
  /** Whether some tasks run already. */
  private readonly someRun: boolean;

  constructor(instance: Instance, timetable: Timetable) {
    const { pools, runsIn } = instance;
    this.instance = instance;
    this.timetable = timetable;
    this.workers = pools.flatMap(({ slots }) => slots);
    this.poolOf = Int32Array.from(pools.flatMap(({ slots }, pool) => slots.map(() => pool)));
    this.end = new Float64Array(this.workers.length);
    this.running = new EndHeap(this.end);
    this.free = pools.map(() => new IntHeap());
    const taken = new Set(runsIn.filter((slot) => slot >= 0));
    this.onePool = pools.length === 1;
    this.someRun = taken.size > 0;
    for (let slot = 0; slot < this.workers.length; slot++) if (!taken.has(slot)) this.giveBack(slot);
  }

  /** The slot of the next task. */
  take(task: number): number {
    const now = real(this.timetable.start, task);
    while (this.running.size > 0 && real(this.end, this.running.top) <= now) {
      this.giveBack(this.running.top);
      this.running.pop();
    }
    const slot = this.slotFor(task);
    this.end[slot] = real(this.timetable.end, task);
    this.running.push(slot);
    return slot;
  }

  private giveBack(slot: number): void {
    this.free[int(this.poolOf, slot)]?.push(slot);
  }

  private slotFor(task: number): number {
    const known = this.someRun ? int(this.instance.runsIn, task) : -1;
    if (known >= 0) return known;
    const pool = this.onePool ? 0 : int(this.timetable.pool, task);
    return this.free[pool]?.pop() ?? 0;
  }
}

/** Tasks as they start; of those that start together, what ends first, then by the order. */
export function startOrder(order: Int32Array, { start, end }: Timetable): Int32Array {
  return sortByNumber(sortByNumber(copied(order), end, 1), start, 1);
}
