import type { Instance, TaskKind } from './instance.ts';
import { at } from './sparse.ts';
import { TaskHeap } from './task-heap.ts';

/** Sums of fractions are not exact: this much of the capacity does not count. */
const TOLERANCE = 1e-9;

/** Who is free now, and what is left of the resources. */
export class WorkerSlots {
  free: number;
  private readonly instance: Instance;
  /** Free slots of each pool, the first first. */
  private readonly pools: readonly TaskHeap[];
  private readonly room: Float64Array;
  private readonly pool: Int32Array;
  private readonly slot: Int32Array;

  constructor(instance: Instance) {
    this.instance = instance;
    this.free = instance.pools.reduce((sum, { slots }) => sum + slots.length, 0);
    this.pools = instance.pools.map(({ slots }) => {
      const heap = new TaskHeap(Int32Array.from(slots, (_, slot) => slot));
      slots.forEach((_, slot) => {
        heap.push(slot);
      });
      return heap;
    });
    this.room = instance.capacity.slice();
    this.pool = new Int32Array(instance.count);
    this.slot = new Int32Array(instance.count);
  }

  /** Whether a task of the kind finds a worker and its resources. */
  fit(kind: number): boolean {
    const wanted = this.instance.kinds[kind];
    return wanted !== undefined && this.freePool(wanted) !== undefined && this.hasRoom(wanted.demand);
  }

  /** Takes a slot and resources for a task that fits; answers the worker. */
  take(task: number): string {
    const kind = this.instance.kinds[at(this.instance.kindOf, task)];
    const pool = kind === undefined ? 0 : (this.freePool(kind) ?? 0);
    const slot = this.pools[pool]?.pop() ?? 0;
    this.pool[task] = pool;
    this.slot[task] = slot;
    this.free--;
    this.move(task, -1);
    return this.instance.pools[pool]?.slots[slot] ?? '';
  }

  giveBack(task: number): void {
    this.pools[at(this.pool, task)]?.push(at(this.slot, task));
    this.free++;
    this.move(task, 1);
  }

  private freePool(kind: TaskKind): number | undefined {
    return kind.pools.find((pool) => (this.pools[pool]?.size ?? 0) > 0);
  }

  private hasRoom(demand: Float64Array): boolean {
    return demand.every((amount, index) => {
      const tolerance = TOLERANCE * at(this.instance.capacity, index);
      return amount <= at(this.room, index) + tolerance;
    });
  }

  private move(task: number, sign: 1 | -1): void {
    const demand = this.instance.kinds[at(this.instance.kindOf, task)]?.demand;
    demand?.forEach((amount, index) => {
      this.room[index] = at(this.room, index) + sign * amount;
    });
  }
}
