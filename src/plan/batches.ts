import type { Instance } from './instance.ts';
import type { Ranking } from './ranks.ts';
import { at, rowOf } from './sparse.ts';

/**
 * What can run together, for people to look at (work is dispatched continuously and waits for no batch): each task, in
 * the order of priority, joins the first batch after those of its blockers where its keys are unused and there are
 * workers and resources for one more.
 */
export function batchesOf(instance: Instance, { order }: Ranking): readonly (readonly number[])[] {
  const batches = new Batches(instance);
  for (const task of order) batches.add(task);
  return batches.members;
}

class Batches {
  readonly members: number[][] = [];
  private readonly instance: Instance;
  private readonly slots: number;
  private readonly batchOf: Int32Array;
  private readonly taken: Float64Array[] = [];
  private readonly count: Map<number, number>[] = [];
  private readonly used: Set<number>[];
  /** All batches before this one are full for a kind, or use a key: nobody looks at them again. */
  private readonly openForKind: Int32Array;
  private readonly openForKey: Int32Array;

  constructor(instance: Instance) {
    this.instance = instance;
    this.slots = instance.pools.reduce((sum, { slots }) => sum + slots.length, 0);
    this.batchOf = new Int32Array(instance.count);
    this.used = Array.from({ length: instance.keyCount }, () => new Set<number>());
    this.openForKind = new Int32Array(instance.kinds.length);
    this.openForKey = new Int32Array(instance.keyCount);
  }

  add(task: number): void {
    const kind = at(this.instance.kindOf, task);
    const keys = rowOf(this.instance.keys, task);
    let batch = this.first(task, kind, keys);
    while (!this.hasRoom(batch, kind) || keys.some((key) => this.used[key]?.has(batch))) batch++;
    this.batchOf[task] = batch;
    this.join(batch, task, kind);
    for (const key of keys) this.used[key]?.add(batch);
  }

  private first(task: number, kind: number, keys: Int32Array): number {
    const { openForKind, openForKey } = this;
    while (!this.hasRoom(at(openForKind, kind), kind)) openForKind[kind] = at(openForKind, kind) + 1;
    let first = at(openForKind, kind);
    for (const key of keys) {
      while (this.used[key]?.has(at(openForKey, key))) openForKey[key] = at(openForKey, key) + 1;
      first = Math.max(first, at(openForKey, key));
    }
    for (const blocker of rowOf(this.instance.blockers, task))
      first = Math.max(first, at(this.batchOf, blocker) + 1);
    return first;
  }

  /** Once a batch has no room for a kind, it never has again. */
  private hasRoom(batch: number, kind: number): boolean {
    const members = this.members[batch];
    const wanted = this.instance.kinds[kind];
    if (members === undefined || wanted === undefined) return true;
    if (members.length >= this.slots || (this.count[batch]?.get(kind) ?? 0) >= wanted.most) return false;
    const taken = this.taken[batch];
    return wanted.demand.every(
      (amount, index) => amount + (taken?.[index] ?? 0) <= at(this.instance.capacity, index) * (1 + 1e-9),
    );
  }

  private join(batch: number, task: number, kind: number): void {
    const members = this.members[batch] ?? [];
    const taken = this.taken[batch] ?? new Float64Array(this.instance.capacity.length);
    const count = this.count[batch] ?? new Map<number, number>();
    this.members[batch] = members;
    this.taken[batch] = taken;
    this.count[batch] = count;
    members.push(task);
    count.set(kind, (count.get(kind) ?? 0) + 1);
    this.instance.kinds[kind]?.demand.forEach((amount, index) => {
      taken[index] = at(taken, index) + amount;
    });
  }
}
