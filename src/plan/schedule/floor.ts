import type { Instance } from '../graph/instance.ts';
import { rowSizes } from '../graph/order.ts';
import { int, real } from '../graph/sparse.ts';
import { EndHeap } from './end-heap.ts';
import { FitTree } from './fit-tree.ts';
import { KeyQueues } from './key-queues.ts';
import { Room } from './room.ts';
import { lastEnd, type Timetable } from './timetable.ts';

/*
 * Continuous list scheduling, driven by ends of tasks (the parallel schedule generation scheme). A ready task lies at
 * its place in a tree, which finds the first one that workers and resources now allow; one whose key is held parks at
 * that key. When a key frees, one waiter is woken, and the next one if that does not start, so that no waiter sleeps
 * beside a free key and nobody scans the waiting.
 */

/** When each task would run: on every event the first tasks in the order start that can. */
export function listSchedule(instance: Instance, order: Int32Array): Timetable {
  const floor = new Floor(instance, order);
  floor.run();
  return { start: floor.start, end: floor.end, pool: floor.pool, makespan: lastEnd(floor.end) };
}

class Floor {
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly pool: Int32Array;
  private readonly instance: Instance;
  private readonly order: Int32Array;
  private readonly place: Int32Array;
  private readonly room: Room;
  private readonly keys: KeyQueues;
  private readonly ready: FitTree;
  private readonly running: EndHeap;
  private readonly blockersLeft: Int32Array;
  /** Tasks that only wait for their time, the first last. */
  private readonly later: number[];
  private now = 0;

  constructor(instance: Instance, order: Int32Array) {
    const { count, blockers, capacity, release } = instance;
    this.instance = instance;
    this.order = order;
    this.place = new Int32Array(count);
    for (let place = 0; place < count; place++) this.place[int(order, place)] = place;
    this.room = new Room(instance);
    this.keys = new KeyQueues(instance);
    this.ready = new FitTree({ size: count, width: capacity.length });
    this.start = new Float64Array(count);
    this.end = new Float64Array(count);
    this.pool = new Int32Array(count);
    this.running = new EndHeap(this.end);
    this.blockersLeft = rowSizes(blockers);
    this.later = Array.from(release.keys()).filter((task) => real(release, task) > 0);
    this.later.sort((a, b) => real(release, b) - real(release, a) || b - a);
    for (const task of this.later) this.blockersLeft[task] = int(this.blockersLeft, task) + 1;
  }

  run(): void {
    for (let task = 0; task < this.instance.count; task++)
      if (int(this.instance.runsIn, task) >= 0) this.goOn(task);
    for (let task = 0; task < this.instance.count; task++) {
      if (int(this.blockersLeft, task) === 0 && int(this.instance.runsIn, task) < 0) this.makeReady(task);
    }
    this.startAll();
    while (this.nextEvent()) {
      while (this.running.size > 0 && real(this.end, this.running.top) <= this.now) this.finishNext();
      this.releaseAll();
      this.startAll();
    }
  }

  private nextEvent(): boolean {
    const next = this.later.at(-1);
    const ends = this.running.size > 0 ? real(this.end, this.running.top) : Number.POSITIVE_INFINITY;
    const comes = next === undefined ? Number.POSITIVE_INFINITY : real(this.instance.release, next);
    this.now = Math.min(ends, comes);
    return this.now < Number.POSITIVE_INFINITY;
  }

  private releaseAll(): void {
    for (let next = this.later.at(-1); next !== undefined; next = this.later.at(-1)) {
      if (real(this.instance.release, next) > this.now) return;
      this.later.pop();
      this.unblock(next);
    }
  }

  private unblock(task: number): void {
    const left = int(this.blockersLeft, task) - 1;
    this.blockersLeft[task] = left;
    if (left === 0) this.makeReady(task);
  }

  private makeReady(task: number): void {
    const kind = int(this.instance.kindOf, task);
    const demand = this.instance.kinds[kind]?.demand ?? NOTHING;
    this.ready.set(int(this.place, task), this.room.bitsOf(kind), demand);
  }

  /** Starts the first tasks in the order that can start, until none can. */
  private startAll(): void {
    let woken = true;
    while (woken && this.room.free !== 0) {
      woken = this.keys.wakeMore((task) => this.makeReady(task));
      let place = this.ready.first(0, this.room.free, this.room.left);
      while (place >= 0) {
        this.tryStart(place);
        place = this.ready.first(place + 1, this.room.free, this.room.left);
      }
    }
  }

  private tryStart(place: number): void {
    const task = int(this.order, place);
    const pool = this.room.poolFor(int(this.instance.kindOf, task));
    if (pool < 0) return;
    this.ready.clear(place);
    if (!this.keys.parked(task, place)) this.begin(task, pool);
  }

  private goOn(task: number): void {
    const slot = int(this.instance.runsIn, task);
    const pool = this.instance.pools.findLastIndex(({ first }) => first <= slot);
    this.begin(task, pool);
  }

  private begin(task: number, pool: number): void {
    this.keys.take(task);
    this.room.take(int(this.instance.kindOf, task), pool);
    this.pool[task] = pool;
    this.start[task] = this.now;
    this.end[task] = this.now + real(this.instance.duration, task);
    this.running.push(task);
  }

  private finishNext(): void {
    const task = this.running.top;
    this.running.pop();
    this.room.giveBack(int(this.instance.kindOf, task), int(this.pool, task));
    this.keys.giveBack(task);
    const { start, items } = this.instance.dependents;
    const stop = int(start, task + 1);
    for (let at = int(start, task); at < stop; at++) this.unblock(int(items, at));
  }
}

const NOTHING = new Float64Array(0);
