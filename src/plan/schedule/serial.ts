import type { Instance } from '../graph/instance.ts';
import { int, type Rows, real } from '../graph/sparse.ts';
import { BusyLine } from './busy-line.ts';
import { PackedProfile } from './packed-profile.ts';
import { Places } from './places.ts';
import { Profile, type Usage } from './profile.ts';
import type { Timetable } from './timetable.ts';

/*
 * The serial schedule generation scheme: one task after the other at its earliest time, also in gaps that earlier ones
 * left. It finds every active schedule, the shortest among them; unlike the dispatcher it may let a worker wait for
 * something better. The arrays are used again for every schedule.
 */
export class Serial implements Timetable {
  readonly start: Float64Array;
  readonly end: Float64Array;
  readonly pool: Int32Array;
  makespan = 0;
  private readonly instance: Instance;
  private readonly places: Places;
  private readonly lines: readonly BusyLine[];
  private readonly profile: Usage;
  private readonly done: Uint8Array;
  private readonly stack: number[] = [];
  private readonly backward: boolean;

  /** `backward`: time runs from the end, and dependents come first. */
  constructor(instance: Instance, { backward }: { readonly backward: boolean }) {
    const { count } = instance;
    this.instance = instance;
    this.backward = backward;
    this.places = new Places(instance);
    this.lines = Array.from({ length: this.places.lineCount }, () => new BusyLine());
    const { packing, limits } = this.places;
    this.profile =
      packing === null ? new Profile({ limits, tasks: count }) : new PackedProfile({ packing, tasks: count });
    this.start = new Float64Array(count);
    this.end = new Float64Array(count);
    this.pool = new Int32Array(count);
    this.done = new Uint8Array(count);
  }

  /** A task in the order before its blockers comes right after them. */
  schedule(order: Int32Array): void {
    this.clear();
    for (let index = 0; index < order.length; index++) this.placeWithBlockers(int(order, index));
  }

  /** What all schedules so far have cost, beyond one look at each task. */
  get looked(): number {
    return this.profile.looked;
  }

  private get before(): Rows {
    return this.backward ? this.instance.dependents : this.instance.blockers;
  }

  private clear(): void {
    for (const line of this.lines) line.clear();
    this.profile.clear();
    this.done.fill(0);
    this.makespan = 0;
    if (this.backward) return;
    const { count, runsIn, pools } = this.instance;
    for (let task = 0; task < count; task++) {
      const slot = int(runsIn, task);
      if (slot >= 0)
        this.put(
          task,
          0,
          pools.findLastIndex(({ first }) => first <= slot),
        );
    }
  }

  private placeWithBlockers(task: number): void {
    if (this.done[task] === 1) return;
    const { stack } = this;
    stack.push(task);
    while (stack.length > 0) {
      const top = stack[stack.length - 1] ?? task;
      const open = this.openBlocker(top);
      if (open >= 0) stack.push(open);
      else {
        stack.pop();
        if (this.done[top] === 0) this.placeOne(top);
      }
    }
  }

  private openBlocker(task: number): number {
    const { start, items } = this.before;
    const stop = int(start, task + 1);
    for (let at = int(start, task); at < stop; at++)
      if (this.done[int(items, at)] === 0) return int(items, at);
    return -1;
  }

  private placeOne(task: number): void {
    const { start, items } = this.before;
    const stop = int(start, task + 1);
    let ready = this.backward ? 0 : real(this.instance.release, task);
    for (let at = int(start, task); at < stop; at++) {
      const end = real(this.end, int(items, at));
      if (end > ready) ready = end;
    }
    this.findPlace(task, ready);
  }

  /** In the pool where it can start first; of several, the least capable one. */
  private findPlace(task: number, ready: number): void {
    const kind = int(this.instance.kindOf, task);
    const pools = this.places.poolsOf(kind);
    let best = Number.POSITIVE_INFINITY;
    let bestPool = pools[0] ?? 0;
    for (let index = 0; index < pools.length && best > ready; index++) {
      const pool = pools[index] ?? 0;
      const start = this.earliest(task, ready, pool);
      if (start >= best) continue;
      best = start;
      bestPool = pool;
    }
    this.put(task, best, bestPool);
  }

  private earliest(task: number, ready: number, pool: number): number {
    const minutes = real(this.instance.duration, task);
    const need = this.places.needOf(int(this.instance.kindOf, task), pool);
    let start = this.freeOfLines(task, ready, pool);
    while (need.columns.length > 0) {
      const later = this.profile.earliest(start, minutes, need);
      if (later === start) return start;
      start = this.freeOfLines(task, later, pool);
      if (later === start) return start;
    }
    return start;
  }

  /** When its worker and all of its keys are free. */
  private freeOfLines(task: number, from: number, pool: number): number {
    const minutes = real(this.instance.duration, task);
    const own = this.places.lineOf(pool);
    let start = from;
    for (let before = -1; before !== start; ) {
      before = start;
      if (own >= 0) start = this.lines[own]?.earliest(start, minutes) ?? start;
      start = this.freeOfKeys(task, start, minutes);
    }
    return start;
  }

  private freeOfKeys(task: number, from: number, minutes: number): number {
    const { start, items } = this.instance.keys;
    const stop = int(start, task + 1);
    let time = from;
    for (let at = int(start, task); at < stop; at++)
      time = this.lines[int(items, at)]?.earliest(time, minutes) ?? time;
    return time;
  }

  private put(task: number, start: number, pool: number): void {
    const end = start + real(this.instance.duration, task);
    this.start[task] = start;
    this.end[task] = end;
    this.pool[task] = pool;
    this.done[task] = 1;
    if (end > this.makespan) this.makespan = end;
    if (end === start) return;
    const { keys } = this.instance;
    const stop = int(keys.start, task + 1);
    for (let at = int(keys.start, task); at < stop; at++) this.lines[int(keys.items, at)]?.add(start, end);
    const own = this.places.lineOf(pool);
    if (own >= 0) this.lines[own]?.add(start, end);
    const need = this.places.needOf(int(this.instance.kindOf, task), pool);
    if (need.columns.length > 0) this.profile.add(start, end, need);
  }
}
