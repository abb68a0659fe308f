import type { Instance } from './instance.ts';
import type { Ranking } from './ranks.ts';
import { at, rowOf } from './sparse.ts';
import { TaskHeap } from './task-heap.ts';
import { WorkerSlots } from './worker-slots.ts';

/*
 * Continuous list scheduling, driven by ends of tasks. A ready task lies in the heap of its kind; one whose key is held
 * parks at that key. When a key frees, one waiter of each kind is woken; if it then parks elsewhere, it passes the wake
 * on, so that no waiter sleeps beside a free key and nobody scans the waiting.
 */

export interface Timetable {
  /** Minutes. */
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly worker: readonly string[];
}

/** When each task would run, and on which worker, if every estimate were right. */
export function listSchedule(instance: Instance, ranking: Ranking): Timetable {
  const floor = new Floor(instance, ranking);
  floor.run();
  return floor;
}

const FREE = -1;

class Floor implements Timetable {
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly worker: string[] = [];
  private readonly instance: Instance;
  private readonly place: Int32Array;
  private readonly slots: WorkerSlots;
  private readonly blockersLeft: Int32Array;
  /** The task that holds each key. */
  private readonly holder: Int32Array;
  /** The key for which each task was woken last. */
  private readonly wokenBy: Int32Array;
  private readonly parked: Map<number, TaskHeap>[];
  private readonly ready: TaskHeap[];
  private readonly running: TaskHeap;
  private now = 0;

  constructor(instance: Instance, { place }: Ranking) {
    const { count, keyCount, blockers } = instance;
    this.instance = instance;
    this.place = place;
    this.slots = new WorkerSlots(instance);
    this.start = new Float64Array(count);
    this.end = new Float64Array(count);
    this.blockersLeft = Int32Array.from({ length: count }, (_, task) => rowOf(blockers, task).length);
    this.holder = new Int32Array(keyCount).fill(FREE);
    this.wokenBy = new Int32Array(count).fill(FREE);
    this.parked = Array.from({ length: keyCount }, () => new Map<number, TaskHeap>());
    this.ready = instance.kinds.map(() => new TaskHeap(place));
    this.running = new TaskHeap(this.end);
  }

  run(): void {
    this.blockersLeft.forEach((left, task) => {
      if (left === 0) this.makeReady(task);
    });
    this.startAll();
    for (let task = this.running.top; task !== undefined; task = this.running.top) {
      this.now = at(this.end, task);
      while (this.running.top !== undefined && at(this.end, this.running.top) <= this.now) this.finishNext();
      this.startAll();
    }
  }

  private makeReady(task: number): void {
    this.ready[at(this.instance.kindOf, task)]?.push(task);
  }

  /** Starts the first tasks in the order that can start, until none can. */
  private startAll(): void {
    for (let kind = this.firstKind(); kind >= 0; kind = this.firstKind()) {
      const task = this.ready[kind]?.pop();
      if (task === undefined) return;
      const held = this.heldKey(task);
      if (held === FREE) this.begin(task);
      else this.park(task, held);
    }
  }

  /** The kind whose first ready task comes first, of those for which there are workers and resources now; or -1. */
  private firstKind(): number {
    if (this.slots.free === 0) return -1;
    let first = -1;
    let least = Number.POSITIVE_INFINITY;
    this.ready.forEach(({ top }, kind) => {
      if (top === undefined || at(this.place, top) >= least || !this.slots.fit(kind)) return;
      first = kind;
      least = at(this.place, top);
    });
    return first;
  }

  private heldKey(task: number): number {
    for (const key of rowOf(this.instance.keys, task)) if (at(this.holder, key) !== FREE) return key;
    return FREE;
  }

  private park(task: number, key: number): void {
    const kind = at(this.instance.kindOf, task);
    const waiting = this.parked[key];
    const heap = waiting?.get(kind) ?? new TaskHeap(this.place);
    waiting?.set(kind, heap);
    heap.push(task);
    const woken = at(this.wokenBy, task);
    this.wokenBy[task] = FREE;
    if (woken !== FREE && woken !== key && at(this.holder, woken) === FREE) this.wake(woken, kind);
  }

  private wake(key: number, kind: number): void {
    const task = this.parked[key]?.get(kind)?.pop();
    if (task === undefined) return;
    this.wokenBy[task] = key;
    this.makeReady(task);
  }

  private begin(task: number): void {
    this.wokenBy[task] = FREE;
    for (const key of rowOf(this.instance.keys, task)) this.holder[key] = task;
    this.start[task] = this.now;
    this.end[task] = this.now + at(this.instance.duration, task);
    this.worker[task] = this.slots.take(task);
    this.running.push(task);
  }

  private finishNext(): void {
    const task = this.running.pop();
    if (task === undefined) return;
    this.slots.giveBack(task);
    for (const key of rowOf(this.instance.keys, task)) {
      this.holder[key] = FREE;
      for (const kind of this.parked[key]?.keys() ?? []) this.wake(key, kind);
    }
    for (const dependent of rowOf(this.instance.dependents, task)) {
      this.blockersLeft[dependent] = at(this.blockersLeft, dependent) - 1;
      if (at(this.blockersLeft, dependent) === 0) this.makeReady(dependent);
    }
  }
}
