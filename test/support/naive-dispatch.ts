import type { PlanTask, PlanWorker } from '../../src/domain/plan.ts';
import { keysConflict } from '../../src/plan/conflicts.ts';

/** `wanting`: it holds its keys and wants a worker again. */
export type NaiveState = 'open' | 'running' | 'resting' | 'wanting' | 'ended' | 'failed';

/** A dispatcher without any cleverness: at every event it walks all tasks in the order and compares all with all. */
export class NaiveDispatch {
  readonly tasks = new Map<
    string,
    { task: PlanTask; deps: Set<string>; state: NaiveState; worker: string }
  >();
  readonly slots: Map<string, number>;
  readonly capacity: Map<string, number>;
  now = 0;
  private readonly workers: readonly PlanWorker[];

  constructor({ workers, capacity }: { workers: readonly PlanWorker[]; capacity: Record<string, number> }) {
    this.workers = workers;
    this.slots = new Map(workers.map(({ id, slots = 1 }) => [id, slots]));
    this.capacity = new Map(Object.entries(capacity));
  }

  /** What starts, in the given order; `workerOf`: who does it, where several could. */
  start(order: readonly string[]): readonly string[] {
    const started = order.filter((id) => {
      const able = this.canStart(id);
      if (able) this.runs(id, this.freeWorkers(id)[0] ?? '');
      return able;
    });
    return started;
  }

  runs(id: string, worker: string): void {
    const entry = this.tasks.get(id);
    if (entry) Object.assign(entry, { state: 'running', worker });
  }

  canStart(id: string): boolean {
    const entry = this.tasks.get(id);
    if (entry === undefined || (entry.state !== 'open' && entry.state !== 'wanting')) return false;
    if (entry.state === 'open' && !this.isReady(id)) return false;
    const keyless = entry.state === 'wanting' || !this.meetsHolder(id);
    return keyless && this.freeWorkers(id).length > 0 && this.fits(id);
  }

  private isReady(id: string): boolean {
    const entry = this.tasks.get(id);
    if (entry === undefined || (entry.task.notBefore ?? 0) > this.now) return false;
    return [...entry.deps].every((dep) => (this.tasks.get(dep)?.state ?? 'ended') === 'ended');
  }

  private freeWorkers(id: string): readonly string[] {
    const { requires = [] } = this.tasks.get(id)?.task ?? {};
    const able = this.workers.filter(({ capabilities = [] }) =>
      requires.every((name) => capabilities.includes(name)),
    );
    const least = able.toSorted((a, b) => new Set(a.capabilities).size - new Set(b.capabilities).size || 0);
    return least
      .map((worker) => worker.id)
      .filter((worker) => this.busy(worker) < (this.slots.get(worker) ?? 0));
  }

  private busy(worker: string): number {
    return this.inState('running').filter((entry) => entry.worker === worker).length;
  }

  private fits(id: string): boolean {
    return [...this.capacity].every(([name, most]) => {
      const used = this.inState('running').reduce((sum, { task }) => sum + (task.demand?.[name] ?? 0), 0);
      const demand = this.tasks.get(id)?.task.demand?.[name] ?? 0;
      return demand === 0 || used + demand <= most + 1e-9;
    });
  }

  private meetsHolder(id: string): boolean {
    const wanted = this.tasks.get(id)?.task.exclusiveKeys ?? [];
    const holders = [...this.tasks.entries()].filter(
      ([other, { state }]) => other !== id && ['running', 'resting', 'wanting'].includes(state),
    );
    const held = holders.flatMap(([, { task }]) => task.exclusiveKeys ?? []);
    return held.some((key) => wanted.some((want) => keysConflict(key, want)));
  }

  private inState(state: NaiveState) {
    return [...this.tasks.values()].filter((entry) => entry.state === state);
  }
}
