import type { Instance } from '../graph/instance.ts';
import { int } from '../graph/sparse.ts';
import { IntHeap } from './int-heap.ts';

/** Who holds each key, and who waits for it. */
export class KeyQueues {
  private readonly instance: Instance;
  /** How many hold each key: one, but for tasks that ran already when the plan was made. */
  private readonly holders: Int32Array;
  /** Places in the order of those that wait, by key; and the task at each place. */
  private readonly waiting: (IntHeap | undefined)[] = [];
  private readonly taskAt: Int32Array;
  /** Keys that were freed and may have waiters. */
  private freed: number[] = [];

  constructor(instance: Instance) {
    this.instance = instance;
    this.holders = new Int32Array(instance.keyCount);
    this.taskAt = new Int32Array(instance.keyCount === 0 ? 0 : instance.count);
  }

  /** Whether the task now waits for one of its keys. */
  parked(task: number, place: number): boolean {
    const { start, items } = this.instance.keys;
    const stop = int(start, task + 1);
    for (let at = int(start, task); at < stop; at++) {
      const key = int(items, at);
      if (int(this.holders, key) === 0) continue;
      const queue = this.waiting[key] ?? new IntHeap();
      this.waiting[key] = queue;
      this.taskAt[place] = task;
      queue.push(place);
      return true;
    }
    return false;
  }

  take(task: number): void {
    const { start, items } = this.instance.keys;
    const stop = int(start, task + 1);
    for (let at = int(start, task); at < stop; at++) this.change(int(items, at), 1);
  }

  giveBack(task: number): void {
    const { start, items } = this.instance.keys;
    const stop = int(start, task + 1);
    for (let at = int(start, task); at < stop; at++) {
      const key = int(items, at);
      this.change(key, -1);
      if (int(this.holders, key) === 0 && (this.waiting[key]?.size ?? 0) > 0) this.freed.push(key);
    }
  }

  /** Wakes the first waiter of each key that is still free; whether there was one. */
  wakeMore(wake: (task: number) => void): boolean {
    const open: number[] = [];
    for (const key of this.freed) {
      const queue = this.waiting[key];
      if (int(this.holders, key) > 0 || queue === undefined || queue.size === 0) continue;
      wake(int(this.taskAt, queue.pop()));
      if (queue.size > 0) open.push(key);
    }
    const woken = this.freed.length > 0;
    this.freed = open;
    return woken;
  }

  private change(key: number, by: 1 | -1): void {
    this.holders[key] = int(this.holders, key) + by;
  }
}
