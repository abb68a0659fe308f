import { int, type Rows } from '../graph/sparse.ts';
import { IntHeap } from './int-heap.ts';

/** The keys of each task. */
export interface KeyTable {
  readonly keys: Rows;
  readonly keyCount: number;
  /** For each item of the rows, 1 where the key is only shared: those who share it do not exclude one another. */
  readonly shared?: Uint8Array;
}

/** Who holds each key, and who waits for it. The table may grow: its parts are read at every look. */
export class KeyQueues {
  private readonly table: KeyTable;
  /** How many hold each key: one, but for tasks that ran already when the plan was made. */
  private holders: Int32Array;
  /** How many share each key. */
  private sharers: Int32Array;
  /** Places in the order of those that wait: for the whole key, and for a share of it. */
  private readonly waiting: (IntHeap | undefined)[] = [];
  private readonly waitingToShare: (IntHeap | undefined)[] = [];
  /** The task at each place. */
  private readonly taskAt: (place: number) => number;
  /** Keys that were freed and may have waiters. */
  private freed: number[] = [];

  constructor(table: KeyTable, taskAt: (place: number) => number) {
    this.table = table;
    this.taskAt = taskAt;
    this.holders = new Int32Array(table.keyCount);
    this.sharers = new Int32Array(table.shared === undefined ? 0 : table.keyCount);
  }

  /** Whether the task now waits for one of its keys. */
  parked(task: number, place: number): boolean {
    const at = this.firstHeld(task);
    if (at < 0) return false;
    const key = int(this.table.keys.items, at);
    const queues = this.table.shared?.[at] === 1 ? this.waitingToShare : this.waiting;
    const queue = queues[key] ?? new IntHeap();
    queues[key] = queue;
    queue.push(place);
    return true;
  }

  /** The first item of the task's row whose key is held by others, or -1. */
  firstHeld(task: number): number {
    const { keys, shared } = this.table;
    const { start, items } = keys;
    const stop = int(start, task + 1);
    for (let at = int(start, task); at < stop; at++) {
      const key = int(items, at);
      if (int(this.holders, key) > 0) return at;
      if (shared !== undefined && shared[at] === 0 && int(this.sharers, key) > 0) return at;
    }
    return -1;
  }

  take(task: number): void {
    const { keys, shared } = this.table;
    const stop = int(keys.start, task + 1);
    for (let at = int(keys.start, task); at < stop; at++) {
      const counts = shared === undefined || shared[at] === 0 ? this.holders : this.sharers;
      const key = int(keys.items, at);
      counts[key] = int(counts, key) + 1;
    }
  }

  giveBack(task: number): void {
    const { keys, shared } = this.table;
    const stop = int(keys.start, task + 1);
    for (let at = int(keys.start, task); at < stop; at++) {
      const counts = shared === undefined || shared[at] === 0 ? this.holders : this.sharers;
      const key = int(keys.items, at);
      counts[key] = int(counts, key) - 1;
      if (int(this.holders, key) === 0 && this.hasWaiters(key)) this.freed.push(key);
    }
  }

  /** Wakes the first waiter of each key that is still free; whether there was one. */
  wakeMore(wake: (task: number) => void): boolean {
    const open: number[] = [];
    for (const key of this.freed) {
      if (int(this.holders, key) > 0) continue;
      const woken = this.wakeFirst(this.waitingToShare[key], wake);
      const wakes = int(this.sharers, key) === 0 && this.wakeFirst(this.waiting[key], wake);
      if ((woken || wakes) && this.hasWaiters(key)) open.push(key);
    }
    const hadFreed = this.freed.length > 0;
    this.freed = open;
    return hadFreed;
  }

  /** Makes room for keys that have come to the table. */
  grow(): void {
    if (this.table.keyCount <= this.holders.length) return;
    const size = Math.max(16, 2 * this.table.keyCount);
    const [holders, sharers] = [new Int32Array(size), new Int32Array(size)];
    holders.set(this.holders);
    sharers.set(this.sharers);
    this.holders = holders;
    this.sharers = sharers;
  }

  /** Nobody is in a queue any more; holders stay. */
  forgetWaiters(): void {
    this.waiting.length = 0;
    this.waitingToShare.length = 0;
    this.freed = [];
  }

  private wakeFirst(queue: IntHeap | undefined, wake: (task: number) => void): boolean {
    if (queue === undefined || queue.size === 0) return false;
    wake(this.taskAt(queue.pop()));
    return true;
  }

  private hasWaiters(key: number): boolean {
    return (this.waiting[key]?.size ?? 0) > 0 || (this.waitingToShare[key]?.size ?? 0) > 0;
  }
}
