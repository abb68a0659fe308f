import { ints, reals } from '../graph/arrays.ts';
import type { Instance } from '../graph/instance.ts';
import { int, type Rows, real, toRows } from '../graph/sparse.ts';
import { FitTree } from './fit-tree.ts';
import { PlaceBits } from './place-bits.ts';
import { TOLERANCE } from './room.ts';
import type { ReadyPlaces } from './stage.ts';

/**
 * What can run together, for people to look at (work is dispatched continuously and waits for no batch): each task, in
 * the order of priority, joins the first batch after those of its blockers where its keys are unused and there are
 * workers and resources for one more.
 */
export function batchesOf(instance: Instance, order: Int32Array): Rows {
  const batches = new Batches(instance);
  const rows = ints(order.length);
  for (let index = 0; index < order.length; index++) rows[index] = batches.add(int(order, index));
  return toRows(batches.count, { rows, items: order });
}

class Batches {
  /** Those with tasks in them: the last that was opened is still empty. */
  get count(): number {
    return this.opened - 1;
  }

  private readonly instance: Instance;
  private readonly slots: number;
  private readonly slotsOfCrew: Int32Array;
  private readonly batchOf: Int32Array;
  /** What is used of the workers and of each resource in each batch: the first with room is found without a scan. */
  private readonly used: ReadyPlaces;
  private readonly sums: Float64Array;
  /** What is used in the batch that was joined last. */
  private readonly amounts: Float64Array;
  private opened = 0;
  /** By batch and crew; not kept where all tasks have the same crew. */
  private readonly ofCrew = new Map<number, number>();
  private readonly crews: number;
  private readonly batchesOfKey: Set<number>[];
  /** All batches before this one are full for the crew, or use the key: nobody looks at them again. */
  private readonly openForCrew: Int32Array;
  private readonly openForKey: Int32Array;
  private readonly limits: Float64Array;

  constructor(instance: Instance) {
    const { count, kinds, pools, capacity, keyCount } = instance;
    this.instance = instance;
    this.slots = pools.reduce((sum, { slots }) => sum + slots.length, 0);
    this.slotsOfCrew = new Int32Array(kinds.length);
    for (const { crew, pools: able } of kinds)
      this.slotsOfCrew[crew] = able.reduce((sum, pool) => sum + (pools[pool]?.slots.length ?? 0), 0);
    this.crews = kinds.reduce((most, { crew }) => Math.max(most, crew + 1), 0);
    this.sums = reals((count + 1) * (capacity.length + 1));
    this.batchOf = ints(count);
    this.used =
      capacity.length === 0
        ? new PlaceBits(count + 1)
        : new FitTree({ size: count + 1, width: capacity.length + 1 });
    this.batchesOfKey = Array.from({ length: keyCount }, () => new Set<number>());
    this.openForCrew = new Int32Array(kinds.length);
    this.openForKey = new Int32Array(keyCount);
    this.limits = new Float64Array(capacity.length + 1);
    this.amounts = new Float64Array(capacity.length + 1);
    this.open();
  }

  /** The batch that the task joins. */
  add(task: number): number {
    const kind = this.instance.kinds.length === 1 ? 0 : int(this.instance.kindOf, task);
    this.setLimits(kind);
    let batch = this.used.first(this.firstFor(task, kind), 1, this.limits);
    while (this.isFullFor(batch, kind) || this.usesKeyOf(task, batch))
      batch = this.used.first(batch + 1, 1, this.limits);
    this.batchOf[task] = batch;
    this.join(batch, kind);
    this.useKeysOf(task, batch);
    if (batch + 1 === this.opened) this.open();
    return batch;
  }

  private useKeysOf(task: number, batch: number): void {
    if (this.instance.keyCount === 0) return;
    const { start, items } = this.instance.keys;
    const stop = int(start, task + 1);
    for (let at = int(start, task); at < stop; at++) this.batchesOfKey[int(items, at)]?.add(batch);
  }

  private usesKeyOf(task: number, batch: number): boolean {
    if (this.instance.keyCount === 0) return false;
    const { start, items } = this.instance.keys;
    const stop = int(start, task + 1);
    for (let at = int(start, task); at < stop; at++)
      if (this.batchesOfKey[int(items, at)]?.has(batch)) return true;
    return false;
  }

  private open(): void {
    this.used.set(this.opened, 1, this.amounts.fill(0));
    this.opened++;
  }

  private setLimits(kind: number): void {
    const { capacity, kinds } = this.instance;
    for (let index = 0; index < capacity.length; index++) {
      const demand = real(kinds[kind]?.demand ?? capacity, index);
      this.limits[index] = demand === 0 ? Number.MAX_VALUE : real(capacity, index) * (1 + TOLERANCE) - demand;
    }
    this.limits[capacity.length] = this.slots - 1;
  }

  private firstFor(task: number, kind: number): number {
    const { kinds, keys, keyCount, blockers } = this.instance;
    const crew = kinds[kind]?.crew ?? 0;
    while (this.isFullFor(int(this.openForCrew, crew), kind))
      this.openForCrew[crew] = int(this.openForCrew, crew) + 1;
    let first = int(this.openForCrew, crew);
    const lastKey = keyCount === 0 ? 0 : int(keys.start, task + 1);
    for (let at = lastKey === 0 ? 0 : int(keys.start, task); at < lastKey; at++)
      first = Math.max(first, this.firstForKey(int(keys.items, at)));
    const last = int(blockers.start, task + 1);
    for (let at = int(blockers.start, task); at < last; at++) {
      const after = int(this.batchOf, int(blockers.items, at)) + 1;
      if (after > first) first = after;
    }
    return Math.min(first, this.opened - 1);
  }

  private firstForKey(key: number): number {
    while (this.batchesOfKey[key]?.has(int(this.openForKey, key)))
      this.openForKey[key] = int(this.openForKey, key) + 1;
    return int(this.openForKey, key);
  }

  private isFullFor(batch: number, kind: number): boolean {
    const crew = this.instance.kinds[kind]?.crew ?? 0;
    return this.crews > 1 && (this.ofCrew.get(batch * this.crews + crew) ?? 0) >= int(this.slotsOfCrew, crew);
  }

  private join(batch: number, kind: number): void {
    const { kinds } = this.instance;
    const { amounts, sums, limits } = this;
    const demand = kinds[kind]?.demand ?? limits;
    const first = batch * limits.length;
    for (let index = 0; index < limits.length; index++) {
      const amount = index + 1 === limits.length ? 1 : real(demand, index);
      amounts[index] = real(sums, first + index) + amount;
      sums[first + index] = real(amounts, index);
    }
    if (real(amounts, limits.length - 1) < this.slots) this.used.set(batch, 1, amounts);
    else this.used.clear(batch);
    const crew = kinds[kind]?.crew ?? 0;
    const place = batch * this.crews + crew;
    if (this.crews > 1) this.ofCrew.set(place, (this.ofCrew.get(place) ?? 0) + 1);
  }
}
