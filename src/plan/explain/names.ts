import type { PlanRequest, PlanTask } from '../../domain/plan.ts';
import type { Instance } from '../graph/instance.ts';
import { int } from '../graph/sparse.ts';

/** The words behind the numbers of an instance, by the same sorting. */
export class Names {
  readonly instance: Instance;
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly keys: readonly string[];
  private readonly resources: readonly string[];
  private readonly pools: ReadonlyMap<string, number>;
  private readonly tasks: ReadonlyMap<string, PlanTask>;

  constructor(request: PlanRequest, instance: Instance) {
    this.instance = instance;
    this.numbers = new Map(instance.ids.map((id, task) => [id, task]));
    const keys = new Set<string>();
    for (const { exclusiveKeys } of request.tasks) for (const key of exclusiveKeys ?? []) keys.add(key);
    this.keys = [...keys].sort();
    this.resources = Object.keys(request.capacity ?? {}).sort();
    this.tasks = new Map(request.tasks.map((task) => [String(task.id), task]));
    const pools = new Map<string, number>();
    for (const [pool, { slots }] of instance.pools.entries())
      for (const worker of slots) pools.set(worker, pool);
    this.pools = pools;
  }

  idOf(task: number): string {
    return this.instance.ids[task] ?? '';
  }

  taskOf(id: string): number {
    const task = this.numbers.get(id);
    if (task === undefined) throw new Error(`the plan holds ${JSON.stringify(id)}, the request does not`);
    return task;
  }

  keyName(key: number): string {
    return this.keys[key] ?? '';
  }

  resourceName(resource: number): string {
    return this.resources[resource] ?? '';
  }

  poolOf(worker: string): number {
    return this.pools.get(worker) ?? 0;
  }

  requiresOf(task: number): readonly string[] {
    return [...new Set(this.tasks.get(this.idOf(task))?.requires)].sort();
  }

  /** How much of a resource the task takes. */
  demandOf(task: number, resource: number): number {
    return this.instance.kinds[int(this.instance.kindOf, task)]?.demand[resource] ?? 0;
  }
}
