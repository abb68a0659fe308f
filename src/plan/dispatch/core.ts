import type { PlanRequest, PlanTask } from '../../domain/plan.ts';
import { int } from '../graph/sparse.ts';
import { FitTree } from '../schedule/fit-tree.ts';
import { KeyQueues } from '../schedule/key-queues.ts';
import type { Room } from '../schedule/room.ts';
import { type Stage, startAll } from '../schedule/stage.ts';
import { Claims } from './claims.ts';
import { Edges } from './edges.ts';
import { Row, type RowListener } from './row.ts';
import { Staff } from './staff.ts';

/**
 * `blocked`: waits for others or for its time. `ready`: lies in the tree. `parked`: in the queue of a key. `resting`: holds
 * its keys, and needs no worker now.
 */
export type CoreState = 'blocked' | 'ready' | 'parked' | 'running' | 'resting' | 'ended' | 'failed' | 'gone';

/*
 * The dispatcher in numbers. In-degrees are kept, never counted again. An entry in a key's queue is a place: where a task
 * leaves the queue or its place, the entry stays behind, and is passed over when its turn comes.
 */
export class DispatchCore implements Stage, RowListener {
  readonly staff: Staff;
  readonly claims = new Claims();
  readonly edges = new Edges();
  readonly row: Row = new Row(this);
  readonly room: Room;
  readonly keys: KeyQueues;
  ready = new FitTree({ size: 1, width: 0 });
  readonly states: CoreState[] = [];
  /** By task: who does it; the number of a worker. */
  readonly workers: number[] = [];
  private readonly kinds: number[] = [];
  /** Blockers that have not ended well, and its time if that has not come. */
  private readonly open: number[] = [];
  private readonly holds: boolean[] = [];
  /** By task: the key that it waits for, where it is parked. */
  private readonly parkedAt: number[] = [];
  private begun: number[] = [];

  constructor(places: Pick<PlanRequest, 'workers' | 'capacity'>) {
    this.staff = new Staff(places);
    this.room = this.staff.room;
    this.keys = new KeyQueues(this.claims, (place) => this.row.taskAt(place));
  }

  /** It has no place yet, and starts nowhere before it has one. */
  addTask(task: PlanTask): number {
    const number = this.states.length;
    this.states.push('blocked');
    this.workers.push(-1);
    this.kinds.push(this.staff.kindOf(task));
    this.open.push(0);
    this.holds.push(false);
    this.parkedAt.push(-1);
    this.edges.addTask();
    this.claims.add(task.exclusiveKeys ?? []);
    this.keys.grow();
    return number;
  }

  /** Everything that can start now starts: the tasks, first in the order first. */
  start(): readonly number[] {
    startAll(this);
    const { begun } = this;
    this.begun = [];
    return begun;
  }

  /** One thing less that it waits for. */
  settle(task: number): void {
    this.open[task] = this.openOf(task) - 1;
    if (this.openOf(task) === 0 && this.states[task] === 'blocked') this.makeReady(task);
  }

  /** One thing more that it waits for; what has begun goes on. */
  unsettle(task: number): void {
    this.open[task] = this.openOf(task) + 1;
    if (this.holds[task]) return;
    if (this.leaveQueue(task)) this.states[task] = 'blocked';
  }

  /** For a task that has just got its place. */
  queue(task: number): void {
    if (this.openOf(task) === 0 && this.states[task] === 'blocked') this.makeReady(task);
  }

  addEdge(dependent: number, blocker: number): void {
    this.edges.add(dependent, blocker);
    if (this.states[blocker] !== 'ended') this.unsettle(dependent);
  }

  /** Whether there was such an edge. */
  removeEdge(dependent: number, blocker: number): boolean {
    const known = this.edges.remove(dependent, blocker);
    if (known && this.states[blocker] !== 'ended') this.settle(dependent);
    return known;
  }

  /** It runs already, whether or not there is room and its keys are free. */
  occupy(task: number, worker: number): void {
    this.leaveQueue(task);
    this.staff.occupy(this.kindOf(task), worker);
    this.workers[task] = worker;
    this.states[task] = 'running';
    this.takeKeys(task);
  }

  /** It holds its keys and needs no worker now. */
  rest(task: number): void {
    this.leaveQueue(task);
    this.leaveWorker(task);
    this.states[task] = 'resting';
    this.takeKeys(task);
  }

  /** It wants a worker again. */
  resume(task: number): void {
    if (this.states[task] === 'resting') this.makeReady(task);
  }

  releaseKeys(task: number): void {
    if (this.holds[task]) this.keys.giveBack(task);
    this.holds[task] = false;
  }

  /** `well`: what depends on it can start; else that goes on waiting. */
  finish(task: number, well: boolean): void {
    const before = this.states[task];
    this.leaveQueue(task);
    this.leaveWorker(task);
    this.releaseKeys(task);
    this.states[task] = well ? 'ended' : 'failed';
    if (well && before !== 'ended') for (const next of this.edges.dependentsOf(task)) this.settle(next);
  }

  /** It is to be done after all, or once more. */
  reopen(task: number): void {
    if (this.states[task] === 'ended') for (const next of this.edges.dependentsOf(task)) this.unsettle(next);
    this.states[task] = 'blocked';
    this.queue(task);
  }

  /** As if it had never been there: nothing waits for it any more. */
  remove(task: number): void {
    this.finish(task, true);
    for (const blocker of this.edges.blockersOf(task)) this.edges.remove(task, blocker);
    for (const next of this.edges.dependentsOf(task)) this.edges.remove(next, task);
    this.row.remove(task);
    this.states[task] = 'gone';
  }

  holdsKeys(task: number): boolean {
    return this.holds[task] === true;
  }

  taskAt(place: number): number {
    return this.row.taskAt(place);
  }

  kindOf(task: number): number {
    return this.kinds[task] ?? 0;
  }

  /** The entry may be an old one: then there is nobody, or somebody who waits for something else. */
  wake(task: number, key: number): void {
    if (this.states[task] === 'parked' && this.parkedAt[task] === key) this.makeReady(task);
  }

  /** What it holds already, it holds. */
  parked(task: number, place: number): boolean {
    const at = this.holds[task] ? -1 : this.keys.firstHeld(task);
    if (at < 0) return false;
    this.keys.parked(task, place);
    this.states[task] = 'parked';
    this.parkedAt[task] = int(this.claims.keys.items, at);
    return true;
  }

  begin(task: number, pool: number): void {
    this.workers[task] = this.staff.take(this.kindOf(task), pool);
    this.states[task] = 'running';
    this.takeKeys(task);
    this.begun.push(task);
  }

  resized(size: number): void {
    this.ready = new FitTree({ size, width: this.staff.resources.length });
    this.keys.forgetWaiters();
  }

  left(place: number): void {
    this.ready.clear(place);
  }

  put(task: number, _place: number): void {
    const state = this.states[task];
    if (state === 'ready' || state === 'parked') this.makeReady(task);
  }

  private openOf(task: number): number {
    return this.open[task] ?? 0;
  }

  private makeReady(task: number): void {
    const kind = this.kindOf(task);
    this.states[task] = 'ready';
    this.ready.set(this.row.placeOf(task), this.room.bitsOf(kind), this.staff.needOf(kind));
  }

  /** Whether it was in one. */
  private leaveQueue(task: number): boolean {
    const state = this.states[task];
    if (state === 'ready') this.ready.clear(this.row.placeOf(task));
    return state === 'ready' || state === 'parked';
  }

  private leaveWorker(task: number): void {
    if (this.states[task] === 'running') this.staff.giveBack(this.kindOf(task), this.workers[task] ?? 0);
  }

  private takeKeys(task: number): void {
    if (!this.holds[task]) this.keys.take(task);
    this.holds[task] = true;
  }
}
