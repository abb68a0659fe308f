import { ints, reals } from '../graph/arrays.ts';
import type { Instance } from '../graph/instance.ts';
import { rowSizes } from '../graph/order.ts';
import { int, real } from '../graph/sparse.ts';
import { EndHeap } from './end-heap.ts';
import { FitTree } from './fit-tree.ts';
import { KeyQueues } from './key-queues.ts';
import { PlaceBits } from './place-bits.ts';
import { Room } from './room.ts';
import { type ReadyPlaces, type Stage, startAll } from './stage.ts';
import { lastEnd, type Timetable } from './timetable.ts';

/*
 * Continuous list scheduling, driven by ends of tasks (the parallel schedule generation scheme): the dispatcher's own way
 * of starting tasks, with a clock that jumps to the next end.
 */

/** When each task would run: on every event the first tasks in the order start that can. */
export function listSchedule(instance: Instance, order: Int32Array): Timetable {
  const floor = new Floor(instance, order);
  floor.run();
  return { start: floor.start, end: floor.end, pool: floor.pool, makespan: lastEnd(floor.end) };
}

class Floor implements Stage {
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly pool: Int32Array;
  private readonly instance: Instance;
  private readonly order: Int32Array;
  private readonly place: Int32Array;
  readonly room: Room;
  readonly keys: KeyQueues;
  readonly ready: ReadyPlaces;
  private readonly running: EndHeap;
  private readonly blockersLeft: Int32Array;
  /** Tasks that only wait for their time, the first last. */
  private readonly later: number[];
  private now = 0;

  constructor(instance: Instance, order: Int32Array) {
    const { count, blockers, release } = instance;
    this.instance = instance;
    this.order = order;
    this.place = ints(count);
    for (let place = 0; place < count; place++) this.place[int(order, place)] = place;
    this.room = new Room(instance);
    this.keys = new KeyQueues(instance, (place) => int(order, place));
    this.ready = readyPlaces(instance);
    this.start = reals(count);
    this.end = reals(count);
    this.pool = ints(count);
    this.running = new EndHeap(this.end);
    this.blockersLeft = rowSizes(blockers);
    this.later = lastReleaseFirst(release);
    for (const task of this.later) this.blockersLeft[task] = int(this.blockersLeft, task) + 1;
  }

  run(): void {
    for (let task = 0; task < this.instance.count; task++)
      if (int(this.instance.runsIn, task) >= 0) this.goOn(task);
    for (let task = 0; task < this.instance.count; task++) {
      if (int(this.blockersLeft, task) === 0 && int(this.instance.runsIn, task) < 0) this.wake(task);
    }
    startAll(this);
    while (this.nextEvent()) {
      while (this.running.size > 0 && real(this.end, this.running.top) <= this.now) this.finishNext();
      this.releaseAll();
      startAll(this);
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
    if (left === 0) this.wake(task);
  }

  wake(task: number): void {
    const kind = this.kindOf(task);
    const demand = this.instance.kinds[kind]?.demand ?? NOTHING;
    this.ready.set(int(this.place, task), this.room.bitsOf(kind), demand);
  }

  taskAt(place: number): number {
    return int(this.order, place);
  }

  /** Where all are of one kind, memory is not asked a million times. */
  kindOf(task: number): number {
    return this.instance.kinds.length === 1 ? 0 : int(this.instance.kindOf, task);
  }

  parked(task: number, place: number): boolean {
    return this.keys.parked(task, place);
  }

  private goOn(task: number): void {
    const slot = int(this.instance.runsIn, task);
    const pool = this.instance.pools.findLastIndex(({ first }) => first <= slot);
    this.begin(task, pool);
  }

  begin(task: number, pool: number): void {
    this.keys.take(task);
    this.room.take(this.kindOf(task), pool);
    if (pool > 0) this.pool[task] = pool;
    this.start[task] = this.now;
    this.end[task] = this.now + real(this.instance.duration, task);
    this.running.push(task);
  }

  private finishNext(): void {
    const task = this.running.top;
    this.running.pop();
    this.room.giveBack(this.kindOf(task), int(this.pool, task));
    this.keys.giveBack(task);
    const { start, items } = this.instance.dependents;
    const stop = int(start, task + 1);
    for (let at = int(start, task); at < stop; at++) this.unblock(int(items, at));
  }
}

const NOTHING = new Float64Array(0);

/** Where any worker can do any task and nothing runs short, all ready tasks ask for the same. */
function readyPlaces({ count, kinds, capacity }: Instance): ReadyPlaces {
  const isPlain = capacity.length === 0 && kinds.every(({ crew }) => crew === kinds[0]?.crew);
  return isPlain ? new PlaceBits(count) : new FitTree({ size: count, width: capacity.length });
}

function lastReleaseFirst(release: Float64Array): number[] {
  const later: number[] = [];
  for (let task = 0; task < release.length; task++) if (real(release, task) > 0) later.push(task);
  return later.sort((a, b) => real(release, b) - real(release, a) || b - a);
}
