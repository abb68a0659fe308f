import type { DispatchStart, DispatchWait, DispatchWaitReason } from '../../domain/dispatch.ts';
import type { PlanProblem, PlanRequest, PlanTask } from '../../domain/plan.ts';
import { PlanError } from '../plan-error.ts';
import { formProblems } from '../request/request-check.ts';
import { type CoreState, DispatchCore } from './core.ts';
import { Later } from './later.ts';
import { Standing } from './standing.ts';
import { Waits } from './waits.ts';

type Id = string | number;

/**
 * Continuous dispatch: whatever happens, the first tasks in the order that can start do, and the others say why they wait.
 * Every event costs amortised O(log n) for n tasks, beyond the tasks that it makes ready, and the blockers of a task that
 * becomes more urgent. The plan's own simulation starts tasks with the same code, so that what a plan says can start is
 * what starts. Times are minutes on a clock that begins at 0 and that the caller moves.
 *
 * Tasks that run or hold keys already may share keys with others: what holds, holds. A removed task's number is not used
 * again: after millions of them make a new dispatcher.
 */
export class Dispatcher {
  private readonly core: DispatchCore;
  private readonly standing: Standing;
  private readonly later = new Later();
  private readonly tasks: PlanTask[] = [];
  private readonly ids: string[] = [];
  private readonly numbers = new Map<string, number>();
  private now = 0;

  constructor(places: Pick<PlanRequest, 'workers' | 'capacity'>) {
    this.core = new DispatchCore(places);
    this.standing = new Standing(this.core.edges, this.core.row);
  }

  /** Tasks in the order that they are to keep, blockers before their dependents. */
  addAll(tasks: readonly PlanTask[]): void {
    const added = tasks.map((task) => this.register(task));
    for (const [index, task] of tasks.entries())
      for (const blocker of this.blockersOf(task)) this.core.edges.add(added[index] ?? 0, blocker);
    this.standing.rankAll(added);
    this.core.row.fill([...this.core.row.order(), ...added]);
    for (const number of added) this.begin(number);
  }

  /**
   * One more task, put into the order by its rank; what it waits for becomes at least as urgent.
   * @throws PlanError: its form is wrong, its id is taken, or it depends on an unknown task.
   */
  add(task: PlanTask): void {
    const problems = [...formProblems({ tasks: [task], workers: 1 }), ...this.idProblems(task)];
    if (problems.length > 0) throw new PlanError(problems);
    const number = this.register(task);
    for (const blocker of this.blockersOf(task)) this.core.edges.add(number, blocker);
    this.standing.place(number);
    this.standing.urge(number);
    this.begin(number);
  }

  /** As if it had never been there: what waited for it waits no more, its worker and its keys are free. */
  remove(id: Id): void {
    const number = this.numberOf(id);
    this.core.remove(number);
    this.numbers.delete(String(id));
  }

  /**
   * Takes effect unless the task has begun.
   * @throws PlanError where the tasks would wait for each other.
   */
  addDependency(id: Id, on: Id): void {
    const [number, blocker] = [this.numberOf(id), this.numberOf(on)];
    const path = this.core.edges.pathFrom(number, blocker);
    if (path !== null) throw new PlanError([cycle([...path, number].map((task) => this.idOf(task)))]);
    this.core.addEdge(number, blocker);
    this.standing.urge(number);
  }

  /** Whether there was one. */
  removeDependency(id: Id, on: Id): boolean {
    return this.core.removeEdge(this.numberOf(id), this.numberOf(on));
  }

  setPriority(id: Id, priority: PlanTask['priority']): void {
    this.standing.setPriority(this.numberOf(id), priority);
  }

  /** Another order of the same tasks, such as a better plan's; those that it does not name keep theirs behind it. */
  follow(order: readonly Id[]): void {
    const named = order.flatMap((id) => this.numbers.get(String(id)) ?? []);
    const first = new Set(named);
    this.core.row.fill([...first, ...this.core.row.order().filter((task) => !first.has(task))]);
  }

  /** All tasks, also those that have ended, first to start first. */
  order(): readonly string[] {
    return this.core.row.order().map((task) => this.idOf(task));
  }

  /** Slots of a worker from now on; what runs there goes on. */
  setSlots(worker: string, slots: number): void {
    const number = this.core.staff.numberOf(worker);
    if (number < 0) throw new Error(`there is no worker ${JSON.stringify(worker)}`);
    this.core.staff.setSlots(number, slots);
  }

  setCapacity(resource: string, amount: number): void {
    if (!this.core.staff.setCapacity(resource, amount))
      throw new Error(`there is no resource ${JSON.stringify(resource)}`);
  }

  /** The time now: tasks with a later `notBefore` wait. */
  setTime(now: number): void {
    this.now = now;
    for (let task = this.later.due(now); task >= 0; task = this.later.due(now)) this.core.settle(task);
  }

  /** Everything that can start now has started when this answers: it holds its worker, resources and keys. */
  start(): readonly DispatchStart[] {
    return this.core.start().map((task) => ({ id: this.idOf(task), worker: this.workerOf(task) }));
  }

  /** `failed`: what depends on it goes on waiting, until it ends well or is removed. */
  end(id: Id, as: 'succeeded' | 'failed'): void {
    this.core.finish(this.numberOf(id), as === 'succeeded');
  }

  /** A task that has ended is to be done again. Nothing happens to others. */
  reopen(id: Id): void {
    const number = this.numberOf(id);
    const state = this.core.states[number];
    if (state === 'ended' || state === 'failed') this.core.reopen(number);
  }

  /** It holds its keys and needs no worker, such as work that is being reviewed. */
  rest(id: Id): void {
    this.core.rest(this.numberOf(id));
  }

  /** A resting task wants a worker again. */
  resume(id: Id): void {
    this.core.resume(this.numberOf(id));
  }

  /** Others may take its keys while it goes on. */
  releaseKeys(id: Id): void {
    this.core.releaseKeys(this.numberOf(id));
  }

  stateOf(id: Id): CoreState {
    return this.core.states[this.numberOf(id)] ?? 'gone';
  }

  /** Why a task does not start; null: it does not wait, or `start` would start it. */
  reasonOf(id: Id): DispatchWaitReason | null {
    return this.whyWaiting().reasonOf(this.numberOf(id));
  }

  /** What waits, in the order, and why. Looks at every task. */
  waits(): readonly DispatchWait[] {
    const why = this.whyWaiting();
    return this.core.row.order().flatMap((task) => {
      const reason = why.reasonOf(task);
      return reason === null ? [] : [{ id: this.idOf(task), reason }];
    });
  }

  private whyWaiting(): Waits {
    return new Waits(this.core, {
      idOf: (task) => this.idOf(task),
      requiresOf: (task) => this.tasks[task]?.requires ?? [],
      comesAt: (task) => (this.later.timeOf(task) > this.now ? this.later.timeOf(task) : null),
    });
  }

  private register(task: PlanTask): number {
    const number = this.core.addTask(task);
    const id = String(task.id);
    this.tasks.push(task);
    this.ids.push(id);
    this.numbers.set(id, number);
    this.standing.addTask(task);
    return number;
  }

  /** For a task that has its place and its edges. */
  private begin(number: number): void {
    const { runningOn, notBefore = 0 } = this.tasks[number] ?? {};
    for (const blocker of this.core.edges.blockersOf(number))
      if (this.core.states[blocker] !== 'ended') this.core.unsettle(number);
    if (runningOn !== undefined) {
      this.core.occupy(number, this.core.staff.numberOf(runningOn));
      return;
    }
    if (notBefore > this.now) {
      this.core.unsettle(number);
      this.later.add(number, notBefore);
    }
    this.core.queue(number);
  }

  private blockersOf({ deps = [] }: PlanTask): ReadonlySet<number> {
    return new Set(deps.flatMap((id) => this.numbers.get(String(id)) ?? []));
  }

  private idProblems({ id, deps = [], runningOn }: PlanTask): readonly PlanProblem[] {
    const name = String(id);
    const unknown = deps.filter((dependency) => !this.numbers.has(String(dependency)));
    const problems: PlanProblem[] = unknown.map((dependency) => ({
      kind: 'unknown-dependency',
      id: name,
      dependency: String(dependency),
      message: `${JSON.stringify(name)} depends on ${JSON.stringify(String(dependency))}, which is no task`,
    }));
    if (this.numbers.has(name))
      problems.push({ kind: 'duplicate-id', id: name, message: `there is a task ${JSON.stringify(name)}` });
    if (runningOn !== undefined && this.core.staff.numberOf(runningOn) < 0)
      problems.push({
        kind: 'unmet-requirement',
        id: name,
        message: `${JSON.stringify(name)} runs on ${JSON.stringify(runningOn)}, which is no worker`,
      });
    return problems;
  }

  private numberOf(id: Id): number {
    const number = this.numbers.get(String(id));
    if (number === undefined) throw new Error(`there is no task ${JSON.stringify(String(id))}`);
    return number;
  }

  private idOf(task: number): string {
    return this.ids[task] ?? '';
  }

  private workerOf(task: number): string {
    return this.core.staff.idOf(this.core.workers[task] ?? -1);
  }
}

const cycle = (path: readonly string[]): PlanProblem => ({
  kind: 'cycle',
  path,
  message: `these tasks would wait for each other: ${path.join(' → ')}`,
});
