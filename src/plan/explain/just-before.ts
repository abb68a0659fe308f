import type { PlanWaitReason } from '../../domain/plan.ts';
import type { Instance } from '../graph/instance.ts';
import { sortByNumber } from '../graph/sort.ts';
import { int, real, rowOf } from '../graph/sparse.ts';
import { TOLERANCE } from '../schedule/room.ts';
import type { Names } from './names.ts';

/*
 * What is taken in the moment before a time: tasks that have begun before it and end at it or later. Whoever starts at
 * that time could not start in that moment, so something that it needs was taken then. Times are compared exactly: what
 * differs by rounding only was made the same before.
 */
export class JustBefore {
  private readonly instance: Instance;
  private readonly names: Names;
  private readonly start: Float64Array;
  private readonly end: Float64Array;
  private readonly workers: readonly string[];
  private readonly byEnd: Int32Array;
  private gone = 0;
  private now = 0;
  private readonly holder: Int32Array;
  private readonly busy: Int32Array;
  private readonly used: Float64Array;
  /** Of the tasks that end now: the last one on each worker, and one for each resource. */
  private readonly freedOn = new Map<string, number>();
  private readonly freedOf = new Map<number, number>();

  constructor(given: {
    readonly instance: Instance;
    readonly names: Names;
    readonly start: Float64Array;
    readonly end: Float64Array;
    readonly workers: readonly string[];
  }) {
    this.instance = given.instance;
    this.names = given.names;
    this.start = given.start;
    this.end = given.end;
    this.workers = given.workers;
    const { count, keyCount, pools, capacity } = given.instance;
    const byEnd = new Int32Array(count);
    for (let task = 0; task < count; task++) byEnd[task] = task;
    this.byEnd = sortByNumber(byEnd, this.end, 1).filter((task) => this.takesTime(task));
    this.holder = new Int32Array(keyCount).fill(FREE);
    this.busy = new Int32Array(pools.length);
    this.used = new Float64Array(capacity.length);
  }

  moveTo(now: number): void {
    this.now = now;
    for (; this.gone < this.byEnd.length; this.gone++) {
      const task = int(this.byEnd, this.gone);
      if (real(this.end, task) >= now) break;
      this.leave(task);
    }
    this.freedOn.clear();
    this.freedOf.clear();
    for (let next = this.gone; next < this.byEnd.length; next++) {
      const task = int(this.byEnd, next);
      if (real(this.end, task) > now) break;
      this.free(task);
    }
  }

  begin(task: number): void {
    if (!this.takesTime(task)) return;
    const { busy, end, holder, instance } = this;
    const pool = this.names.poolOf(this.workers[task] ?? '');
    busy[pool] = int(busy, pool) + 1;
    // Tasks that ran already when the plan was made may share a key: the last to end holds it.
    for (const key of rowOf(instance.keys, task))
      if (int(holder, key) === FREE || real(end, int(holder, key)) <= real(end, task)) holder[key] = task;
    this.move(task, 1);
  }

  /** Adds what the task needs and was taken. */
  addReasons(task: number, reasons: PlanWaitReason[]): void {
    this.addHeldKeys(task, reasons);
    this.addMissingWorker(task, reasons);
    this.addMissingResources(task, reasons);
  }

  /** The task whose end frees the worker now. */
  freed(worker: string): string | null {
    const task = this.freedOn.get(worker);
    return task === undefined ? null : this.names.idOf(task);
  }

  private takesTime(task: number): boolean {
    return real(this.end, task) > real(this.start, task);
  }

  private leave(task: number): void {
    const pool = this.names.poolOf(this.workers[task] ?? '');
    this.busy[pool] = int(this.busy, pool) - 1;
    for (const key of rowOf(this.instance.keys, task))
      if (int(this.holder, key) === task) this.holder[key] = FREE;
    this.move(task, -1);
  }

  private move(task: number, sign: 1 | -1): void {
    for (let resource = 0; resource < this.used.length; resource++)
      this.used[resource] = real(this.used, resource) + sign * this.names.demandOf(task, resource);
  }

  private free(task: number): void {
    this.freedOn.set(this.workers[task] ?? '', task);
    for (let resource = 0; resource < this.used.length; resource++) {
      const most = this.freedOf.get(resource);
      const amount = this.names.demandOf(task, resource);
      if (amount > (most === undefined ? 0 : this.names.demandOf(most, resource)))
        this.freedOf.set(resource, task);
    }
  }

  private addHeldKeys(task: number, reasons: PlanWaitReason[]): void {
    const { keys } = this.instance;
    const stop = int(keys.start, task + 1);
    for (let at = int(keys.start, task); at < stop; at++) {
      const key = int(keys.items, at);
      const holder = int(this.holder, key);
      if (holder !== FREE && real(this.end, holder) === this.now)
        reasons.push({ kind: 'key', key: this.names.keyName(key), heldBy: this.names.idOf(holder) });
    }
  }

  private addMissingWorker(task: number, reasons: PlanWaitReason[]): void {
    const { kinds, kindOf, pools } = this.instance;
    const worker = this.workers[task] ?? '';
    const after = this.freed(worker);
    if (after === null) return;
    for (const pool of kinds[int(kindOf, task)]?.pools ?? [])
      if (int(this.busy, pool) < (pools[pool]?.slots.length ?? 0)) return;
    reasons.push({ kind: 'worker', requires: this.names.requiresOf(task), worker, after });
  }

  private addMissingResources(task: number, reasons: PlanWaitReason[]): void {
    const { capacity } = this.instance;
    for (let resource = 0; resource < capacity.length; resource++) {
      const most = real(capacity, resource) * (1 + TOLERANCE);
      const amount = this.names.demandOf(task, resource);
      const freeing = this.freedOf.get(resource);
      if (amount === 0 || freeing === undefined || real(this.used, resource) + amount <= most) continue;
      const name = this.names.resourceName(resource);
      reasons.push({ kind: 'capacity', resource: name, after: this.names.idOf(freeing) });
    }
  }
}

const FREE = -1;
