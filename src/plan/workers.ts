import type { PlanProblem, PlanRequest, PlanTask, PlanWorker } from '../domain/plan.ts';
import type { Instance, TaskKind, WorkerPool } from './instance.ts';
import { at } from './sparse.ts';

export interface MatchedWorkers {
  readonly problems: readonly PlanProblem[];
  readonly instance: Pick<Instance, 'kindOf' | 'kinds' | 'pools' | 'capacity'>;
}

/** Sorts tasks by what they need and workers by what they can, and finds the tasks that no worker can do. */
export function matchWorkers(request: PlanRequest, tasks: readonly PlanTask[]): MatchedWorkers {
  const pools = poolsOf(request.workers, tasks.length);
  const resources = Object.keys(request.capacity ?? {}).sort();
  const capacity = Float64Array.from(resources, (name) => request.capacity?.[name] ?? 0);
  const numbers = new Map<string, number>();
  const kinds: TaskKind[] = [];
  const problems: PlanProblem[] = [];
  const kindOf = Int32Array.from(tasks, (task) => {
    const demand = Float64Array.from(resources, (name) => amountOf(task.demand, name));
    const requires = [...new Set(task.requires)].sort();
    const name = JSON.stringify([requires, [...demand]]);
    const number = numbers.get(name) ?? numbers.size;
    if (number === kinds.length) kinds.push(kindFor({ requires, demand, pools, capacity }));
    numbers.set(name, number);
    problems.push(...unmet({ task, requires, demand, capacity, resources, kind: kinds[number] }));
    return number;
  });
  return { problems, instance: { kindOf, kinds, pools, capacity } };
}

const amountOf = (demand: PlanTask['demand'], name: string): number =>
  demand !== undefined && Object.hasOwn(demand, name) ? (demand[name] ?? 0) : 0;

interface Pool extends WorkerPool {
  readonly capabilities: ReadonlySet<string>;
}

/** More identical workers than tasks would only stand by. */
function poolsOf(workers: PlanRequest['workers'], tasks: number): readonly Pool[] {
  if (typeof workers === 'number') {
    const length = Math.min(workers, Math.max(1, tasks));
    return [{ capabilities: new Set(), slots: Array.from({ length }, (_, i) => `w${i + 1}`) }];
  }
  const pools = new Map<string, Pool & { readonly slots: string[] }>();
  for (const worker of workers.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const capabilities = [...new Set(worker.capabilities)].sort();
    const name = JSON.stringify(capabilities);
    const pool = pools.get(name) ?? { capabilities: new Set(capabilities), slots: [] };
    pools.set(name, pool);
    pool.slots.push(...slotsOf(worker, tasks));
  }
  return [...pools].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, pool]) => pool);
}

const slotsOf = (worker: PlanWorker, tasks: number): string[] =>
  Array.from({ length: Math.min(worker.slots ?? 1, Math.max(1, tasks)) }, () => worker.id);

function kindFor(given: {
  readonly requires: readonly string[];
  readonly demand: Float64Array;
  readonly pools: readonly Pool[];
  readonly capacity: Float64Array;
}): TaskKind {
  const { demand, pools, capacity } = given;
  const able = pools
    .map((pool, number) => ({ pool, number }))
    .filter(({ pool }) => given.requires.every((name) => pool.capabilities.has(name)))
    .sort((a, b) => a.pool.capabilities.size - b.pool.capabilities.size || a.number - b.number);
  const slots = able.reduce((sum, { pool }) => sum + pool.slots.length, 0);
  const most = demand.reduce(
    (least, amount, index) =>
      amount > 0 ? Math.min(least, Math.floor(at(capacity, index) / amount + 1e-9)) : least,
    slots,
  );
  return { pools: able.map(({ number }) => number), demand, most };
}

function unmet(given: {
  readonly task: PlanTask;
  readonly requires: readonly string[];
  readonly demand: Float64Array;
  readonly capacity: Float64Array;
  readonly resources: readonly string[];
  readonly kind: TaskKind | undefined;
}): PlanProblem[] {
  const { task, requires, demand, capacity, resources, kind } = given;
  const id = String(task.id);
  const problem = (what: string): PlanProblem => ({
    kind: 'unmet-requirement',
    id,
    message: `${JSON.stringify(id)} ${what}`,
  });
  const above = resources.filter((_, index) => at(demand, index) > at(capacity, index));
  const problems = above.map((name) => problem(`needs more ${JSON.stringify(name)} than there is`));
  if (kind?.pools.length !== 0) return problems;
  return [...problems, problem(`requires ${requires.join(', ')}, and no worker has all of that`)];
}
