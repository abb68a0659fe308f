import type { PlanRequest } from '../../../../src/domain/plan.ts';
import { Lehmer } from './lehmer.ts';

export interface TaskGraph {
  readonly seed: number;
  readonly tasks: number;
  readonly workers: number;
  /** `layers`: arcs only from the layer before; `any`: from any task that is listed before. */
  readonly kind: 'layers' | 'any';
  /** Arcs for each task, on average. */
  readonly degree: number;
}

/** A task graph in the manner of the standard set of Tobita and Kasahara (2002): identical workers, whole minutes. */
export function taskGraph({ seed, tasks, workers, kind, degree }: TaskGraph): PlanRequest {
  const random = new Lehmer(seed);
  const layers = Math.max(2, Math.round(Math.sqrt(tasks) * (0.5 + 1.5 * random.next())));
  const layerOf = Array.from({ length: tasks }, (_, task) => Math.floor((task * layers) / tasks));
  const firstOf = (layer: number): number => Math.ceil((layer * tasks) / layers);
  const list = layerOf.map((layer, id) => {
    const from = kind === 'any' ? 0 : firstOf(layer - 1);
    const to = kind === 'any' ? id : firstOf(layer);
    const deps = new Set<number>();
    const wanted = to <= from || layer === 0 ? 0 : random.between(1, 2 * degree - 1);
    for (let arc = 0; arc < wanted; arc++) deps.add(random.between(from, to - 1));
    return { id, duration: random.between(1, 10), deps: [...deps] };
  });
  return { tasks: list, workers };
}

/** Graphs of 50 to 1,000 tasks on 2 to 16 workers. */
export function taskGraphs(turns: number): readonly TaskGraph[] {
  const graphs: TaskGraph[] = [];
  for (let turn = 0; turn < turns; turn++)
    for (const tasks of [50, 100, 300, 1_000])
      for (const workers of [2, 4, 8, 16])
        for (const kind of ['layers', 'any'] as const)
          for (const degree of [2, 4])
            graphs.push({ seed: 1 + graphs.length * 13, tasks, workers, kind, degree });
  return graphs;
}
