import { int, type Rows } from '../graph/sparse.ts';
import { IntHeap } from './int-heap.ts';

/** The keys of each task. */
export interface KeyTable {
  readonly keys: Rows;
  readonly keyCount: number;
  /** For each item of the rows, 1 where the key is only shared: those who share it do not exclude one another. */
  readonly shared?: Int32Array;
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
  /** The first waiters of keys that were freed, by their places; with each place its key, in one number. */
  private readonly freed = new IntHeap();

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
    const { keys, shared, keyCount } = this.table;
    if (keyCount === 0) return -1;
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
    const { keys, shared, keyCount } = this.table;
    if (keyCount === 0) return;
    const stop = int(keys.start, task + 1);
    for (let at = int(keys.start, task); at < stop; at++) {
      const counts = shared === undefined || shared[at] === 0 ? this.holders : this.sharers;
      const key = int(keys.items, at);
      counts[key] = int(counts, key) + 1;
    }
  }

  giveBack(task: number): void {
    const { keys, shared, keyCount } = this.table;
    if (keyCount === 0) return;
    const stop = int(keys.start, task + 1);
    for (let at = int(keys.start, task); at < stop; at++) {
      const counts = shared === undefined || shared[at] === 0 ? this.holders : this.sharers;
      const key = int(keys.items, at);
      counts[key] = int(counts, key) - 1;
      if (int(this.holders, key) === 0) this.offer(key);
    }
  }

  /** The place of the first task that waits for a free key; -1: there is none. */
  firstWaiter(): number {
    for (let top = this.freed.top; top >= 0; top = this.freed.top) {
      const [place, key] = [Math.floor(top / MOST_KEYS), top % MOST_KEYS];
      if (this.openQueue(key, place) !== null) return place;
      this.freed.pop();
    }
    return -1;
  }

  /** Wakes that task, if it still waits for the key; who comes next there may be woken then. */
  wakeFirst(wake: (task: number, key: number) => void): void {
    const top = this.freed.pop();
    const [place, key] = [Math.floor(top / MOST_KEYS), top % MOST_KEYS];
    this.openQueue(key, place)?.pop();
    wake(this.taskAt(place), key);
    this.offer(key);
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
    while (this.freed.size > 0) this.freed.pop();
  }

  /** Puts the first waiters of a key that nobody holds among those that may be woken. */
  private offer(key: number): void {
    const sharing = this.waitingToShare[key]?.top ?? -1;
    if (sharing >= 0) this.freed.push(sharing * MOST_KEYS + key);
    const whole = int(this.sharers, key) > 0 ? -1 : (this.waiting[key]?.top ?? -1);
    if (whole >= 0) this.freed.push(whole * MOST_KEYS + key);
  }

  /** The queue of a key where whoever waits at the place is the first, and the key is free for it; or null. */
  private openQueue(key: number, place: number): IntHeap | null {
    if (int(this.holders, key) > 0) return null;
    const sharing = this.waitingToShare[key];
    if (sharing?.top === place) return sharing;
    const whole = this.waiting[key];
    return whole?.top === place && int(this.sharers, key) === 0 ? whole : null;
  }
}

/** Place and key in one whole number: up to 2^26 of each are exact. */
const MOST_KEYS = 2 ** 26;
