import type { PlanProblem, PlanRequest, PlanTask, PlanWorker } from '../../domain/plan.ts';
import { ints } from '../graph/arrays.ts';
import type { Instance, TaskKind, WorkerPool } from '../graph/instance.ts';
import { real } from '../graph/sparse.ts';
import type { Special } from './read-tasks.ts';
import { slotsOfRunning } from './running.ts';

export interface MatchedWorkers {
  readonly problems: readonly PlanProblem[];
  readonly instance: Pick<Instance, 'kindOf' | 'kinds' | 'pools' | 'capacity' | 'runsIn'>;
}

/** Sorts tasks by what they need and workers by what they can, and finds the tasks that no worker can do. */
export function matchWorkers(request: PlanRequest, special: Special, count: number): MatchedWorkers {
  const pools = poolsOf(request.workers, count);
  const resources = Object.keys(request.capacity ?? {}).sort();
  const capacity = Float64Array.from(resources, (name) => request.capacity?.[name] ?? 0);
  const sorting = new Kinds({ pools, resources });
  const kindOf = ints(count);
  if (special.tasks.length < count) sorting.of({ id: 'that needs nothing' });
  const problems: PlanProblem[] = [];
  for (const [index, task] of special.tasks.entries()) {
    const kind = sorting.of(task);
    kindOf[special.numbers[index] ?? 0] = kind;
    const { demand, pools: able } = sorting.kinds[kind] ?? NO_KIND;
    if (able.length > 0 && demand.every((amount, resource) => amount <= real(capacity, resource))) continue;
    problems.push(...unmet({ task, demand, capacity, resources, able }));
  }
  const running = slotsOfRunning(pools, special, count);
  problems.push(...running.problems);
  const { kinds } = sorting;
  return { problems, instance: { kindOf, kinds, pools, capacity, runsIn: running.runsIn } };
}

export interface Pool extends WorkerPool {
  readonly capabilities: ReadonlySet<string>;
}

const NO_KIND: TaskKind = { pools: [], crew: 0, demand: new Float64Array(0) };

/** More identical workers than tasks would only stand by. */
export function poolsOf(workers: PlanRequest['workers'], tasks: number): readonly Pool[] {
  if (typeof workers === 'number') {
    const length = Math.min(workers, Math.max(1, tasks));
    return [{ capabilities: new Set(), first: 0, slots: Array.from({ length }, (_, i) => `w${i + 1}`) }];
  }
  const pools = new Map<string, { capabilities: ReadonlySet<string>; slots: string[] }>();
  for (const worker of workers.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const capabilities = [...new Set(worker.capabilities)].sort();
    const name = JSON.stringify(capabilities);
    const pool = pools.get(name) ?? { capabilities: new Set(capabilities), slots: [] };
    pools.set(name, pool);
    for (let slot = slotsOf(worker, tasks); slot > 0; slot--) pool.slots.push(worker.id);
  }
  let first = 0;
  return [...pools]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, pool]) => {
      first += pool.slots.length;
      return { ...pool, first: first - pool.slots.length };
    });
}

const slotsOf = (worker: PlanWorker, tasks: number): number =>
  Math.min(worker.slots ?? 1, Math.max(1, tasks));

/** Tasks by what they require and take. */
export class Kinds {
  readonly kinds: TaskKind[] = [];
  private readonly pools: readonly Pool[];
  private readonly resources: readonly string[];
  private readonly numbers = new Map<string, number>();
  /** The kind of tasks that need nothing in particular, or -1. */
  private plain = -1;
  private readonly crews = new Map<string, Pick<TaskKind, 'crew' | 'pools'>>();
  private readonly crewFor = new Map<string, Pick<TaskKind, 'crew' | 'pools'>>();
  /** The pools that have a capability, so that not all are looked at where everybody can do something else. */
  private readonly poolsWith = new Map<string, number[]>();

  constructor({
    pools,
    resources,
  }: { readonly pools: readonly Pool[]; readonly resources: readonly string[] }) {
    this.pools = pools;
    this.resources = resources;
    for (const [number, { capabilities }] of pools.entries())
      for (const name of capabilities) pushTo(this.poolsWith, name, number);
  }

  of(task: PlanTask): number {
    if (task.requires !== undefined || this.resources.length > 0) return this.sorted(task);
    if (this.plain < 0) this.plain = this.sorted(task);
    return this.plain;
  }

  private sorted(task: PlanTask): number {
    const requires = task.requires === undefined ? [] : [...new Set(task.requires)].sort();
    const demand = Float64Array.from(this.resources, (name) => amountOf(task.demand, name));
    const name = requires.length === 0 ? demand.join() : `${JSON.stringify(requires)}${demand.join()}`;
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    this.numbers.set(name, this.kinds.length);
    this.kinds.push({ ...this.crewOf(requires), demand });
    return this.kinds.length - 1;
  }

  private crewOf(requires: readonly string[]): Pick<TaskKind, 'crew' | 'pools'> {
    const asked = JSON.stringify(requires);
    const crew = this.crewFor.get(asked) ?? this.newCrew(requires);
    this.crewFor.set(asked, crew);
    return crew;
  }

  /** Different requirements that the same workers meet are one. */
  private newCrew(requires: readonly string[]): Pick<TaskKind, 'crew' | 'pools'> {
    const able = this.candidates(requires)
      .flatMap((number) => ({ capabilities: this.pools[number]?.capabilities ?? new Set<string>(), number }))
      .filter(({ capabilities }) => requires.every((name) => capabilities.has(name)))
      .sort((a, b) => a.capabilities.size - b.capabilities.size || a.number - b.number)
      .map(({ number }) => number);
    const name = able.join();
    const crew = this.crews.get(name) ?? { crew: this.crews.size, pools: able };
    this.crews.set(name, crew);
    return crew;
  }

  /** The pools that have the rarest of the requirements. */
  private candidates(requires: readonly string[]): readonly number[] {
    const lists = requires.map((name) => this.poolsWith.get(name) ?? []);
    if (lists.length === 0) return [...this.pools.keys()];
    return lists.reduce((rarest, list) => (list.length < rarest.length ? list : rarest));
  }
}

function pushTo(lists: Map<string, number[]>, name: string, number: number): void {
  const list = lists.get(name);
  if (list === undefined) lists.set(name, [number]);
  else list.push(number);
}

const amountOf = (demand: PlanTask['demand'], name: string): number =>
  demand !== undefined && Object.hasOwn(demand, name) ? (demand[name] ?? 0) : 0;

function unmet(given: {
  readonly task: PlanTask;
  readonly demand: Float64Array;
  readonly capacity: Float64Array;
  readonly resources: readonly string[];
  readonly able: readonly number[];
}): PlanProblem[] {
  const { task, demand, capacity, resources, able } = given;
  const id = String(task.id);
  const problem = (what: string): PlanProblem => ({
    kind: 'unmet-requirement',
    id,
    message: `${JSON.stringify(id)} ${what}`,
  });
  const above = resources.filter((_, index) => real(demand, index) > real(capacity, index));
  const problems = above.map((name) => problem(`needs more ${JSON.stringify(name)} than there is`));
  if (able.length > 0) return problems;
  const requires = [...new Set(task.requires)].sort();
  return [...problems, problem(`requires ${requires.join(', ')}, and no worker has all of that`)];
}
