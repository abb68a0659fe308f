import type { PlanRequest, PlanTask } from '../../domain/plan.ts';
import type { Instance } from '../graph/instance.ts';
import { int } from '../graph/sparse.ts';
import { type NumberedIds, numberIds } from '../request/number-ids.ts';

/** The words behind the numbers of an instance, by the same sorting. */
export class Names {
  readonly instance: Instance;
  private readonly tasks: readonly PlanTask[];
  private readonly numbered: NumberedIds;
  /** Where each task stands in the request. */
  private readonly places: Int32Array;
  private readonly keys: readonly string[];
  private readonly resources: readonly string[];
  private readonly pools: ReadonlyMap<string, number>;

  constructor(request: PlanRequest, instance: Instance) {
    this.instance = instance;
    this.tasks = request.tasks;
    this.numbered = numberIds(request.tasks);
    this.places = new Int32Array(instance.count);
    for (let place = 0; place < instance.count; place++)
      this.places[int(this.numbered.numbers, place)] = place;
    const keys = new Set<string>();
    for (const { exclusiveKeys } of request.tasks) for (const key of exclusiveKeys ?? []) keys.add(key);
    this.keys = [...keys].sort();
    this.resources = Object.keys(request.capacity ?? {}).sort();
    const pools = new Map<string, number>();
    for (const [pool, { slots }] of instance.pools.entries())
      for (const worker of slots) pools.set(worker, pool);
    this.pools = pools;
  }

  idOf(task: number): string {
    return this.instance.ids[task] ?? '';
  }

  taskOf(id: string): number {
    const task = this.numbered.numberOf(id);
    if (task < 0) throw new Error(`the plan holds ${JSON.stringify(id)}, the request does not`);
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
    const requires = this.tasks[int(this.places, task)]?.requires;
    return requires === undefined ? [] : [...new Set(requires)].sort();
  }

  /** How much of a resource the task takes. */
  demandOf(task: number, resource: number): number {
    return this.instance.kinds[int(this.instance.kindOf, task)]?.demand[resource] ?? 0;
  }
}
