import type { PlanRequest } from '../domain/plan.ts';
import { Heap } from './heap.ts';
import type { PlanGraph } from './plan-graph.ts';
import { isEligible, type Slots, slotsOf } from './plan-workers.ts';

export interface Placed {
  readonly task: number;
  readonly start: number;
  readonly end: number;
  readonly worker: string;
}

/**
 * List scheduling: at every event the first tasks in the order that can start do so. A task that waits for a key parks
 * at that key and is looked at again when the key is free, so no event scans the waiting.
 */
export function schedule(
  graph: PlanGraph,
  request: PlanRequest,
  compare: (a: number, b: number) => number,
): readonly Placed[] {
  const floor = new Floor(graph, request, compare);
  while (floor.step()) {
    // Each step starts what can start and moves the clock to the next end.
  }
  return floor.placed;
}

class Floor {
  readonly placed: Placed[] = [];
  readonly #graph: PlanGraph;
  readonly #slots: Slots;
  readonly #room: Map<string, number>;
  readonly #ready: Heap;
  readonly #ends: Heap;
  readonly #waits: Int32Array;
  readonly #taken = new Set<string>();
  readonly #parked = new Map<string, number[]>();
  readonly #end: Float64Array;
  readonly #worker: Int32Array;
  #freeSlots: number;
  #now = 0;

  constructor(graph: PlanGraph, request: PlanRequest, compare: (a: number, b: number) => number) {
    this.#graph = graph;
    this.#slots = slotsOf(request);
    this.#freeSlots = this.#slots.free.reduce((sum, free) => sum + free, 0);
    this.#room = new Map(Object.entries(request.capacity ?? {}));
    this.#end = new Float64Array(graph.ids.length);
    this.#worker = new Int32Array(graph.ids.length);
    this.#ready = new Heap((a, b) => compare(a, b) < 0);
    this.#ends = new Heap((a, b) => (this.#end[a] ?? 0) - (this.#end[b] ?? 0) < 0);
    this.#waits = Int32Array.from(graph.before, (blockers) => blockers.length);
    this.#waits.forEach((count, task) => {
      if (count === 0) this.#ready.push(task);
    });
  }

  /** False when everything is placed. */
  step(): boolean {
    this.#startAll();
    const next = this.#ends.pop();
    if (next === undefined) return false;
    this.#now = this.#end[next] ?? this.#now;
    this.#finish(next);
    while (this.#ends.size > 0) {
      const also = this.#ends.pop();
      if (also === undefined) break;
      if ((this.#end[also] ?? 0) > this.#now) {
        this.#ends.push(also);
        break;
      }
      this.#finish(also);
    }
    return true;
  }

  #startAll(): void {
    const passedOver: number[] = [];
    while (this.#freeSlots > 0) {
      const task = this.#ready.pop();
      if (task === undefined) break;
      if (!this.#start(task)) passedOver.push(task);
    }
    for (const task of passedOver) this.#ready.push(task);
  }

  /** Starts, parks, or answers false: no worker or no room for it just now. */
  #start(task: number): boolean {
    const { exclusiveKeys = [] } = this.#graph.tasks[task] ?? {};
    const held = exclusiveKeys.find((key) => this.#taken.has(key));
    if (held !== undefined) {
      const parked = this.#parked.get(held);
      if (parked) parked.push(task);
      else this.#parked.set(held, [task]);
      return true;
    }
    const worker = this.#workerFor(task);
    if (worker === null || !this.#hasRoom(task)) return false;
    this.#occupy(task, worker, 1);
    for (const key of exclusiveKeys) this.#taken.add(key);
    this.#end[task] = this.#now + (this.#graph.duration[task] ?? 0);
    this.#worker[task] = worker;
    this.#ends.push(task);
    this.placed.push({
      task,
      start: this.#now,
      end: this.#end[task] ?? 0,
      worker: this.#slots.names[worker] ?? '',
    });
    return true;
  }

  #finish(task: number): void {
    this.#occupy(task, this.#worker[task] ?? 0, -1);
    for (const key of this.#graph.tasks[task]?.exclusiveKeys ?? []) this.#release(key);
    for (const dependent of this.#graph.after[task] ?? []) {
      const left = (this.#waits[dependent] ?? 0) - 1;
      this.#waits[dependent] = left;
      if (left === 0) this.#ready.push(dependent);
    }
  }

  #release(key: string): void {
    this.#taken.delete(key);
    for (const waiting of this.#parked.get(key) ?? []) this.#ready.push(waiting);
    this.#parked.delete(key);
  }

  #workerFor(task: number): number | null {
    const wanted = this.#graph.tasks[task];
    if (!wanted) return null;
    const found = this.#slots.free.findIndex(
      (free, worker) => free > 0 && isEligible(wanted, this.#slots.capabilities[worker] ?? new Set()),
    );
    return found < 0 ? null : found;
  }

  #hasRoom(task: number): boolean {
    const demand = Object.entries(this.#graph.tasks[task]?.demand ?? {});
    return demand.every(([name, amount]) => amount <= (this.#room.get(name) ?? Number.POSITIVE_INFINITY));
  }

  /** `sign` 1 takes a slot and resources, −1 gives them back. */
  #occupy(task: number, worker: number, sign: 1 | -1): void {
    this.#freeSlots -= sign;
    this.#slots.free[worker] = (this.#slots.free[worker] ?? 0) - sign;
    for (const [name, amount] of Object.entries(this.#graph.tasks[task]?.demand ?? {})) {
      const room = this.#room.get(name);
      if (room !== undefined) this.#room.set(name, room - sign * amount);
    }
  }
}
