import type { PlanRequest, PlanTask } from '../../../../src/domain/plan.ts';
import { Lehmer } from './lehmer.ts';

/**
 * Issues as a repository has them: no more than two dependencies each, on issues listed not long before; a third of
 * them in a file that some others change too; expected minutes log-normal.
 */
export function issueGraph(given: {
  readonly seed: number;
  readonly tasks: number;
  readonly workers: number;
}): PlanRequest {
  const random = new Lehmer(given.seed * 7_919);
  const tasks = Array.from({ length: given.tasks }, (_, id): PlanTask => {
    const deps = new Set<number>();
    for (let wanted = random.between(0, 2); wanted > 0 && id > 0; wanted--)
      deps.add(Math.max(0, id - random.between(1, Math.ceil(given.tasks / 4))));
    const file = random.next() < 0.3 ? [`file ${random.between(1, Math.ceil(given.tasks / 6))}`] : [];
    const duration = 2 + Math.round(10 * Math.exp(0.8 * normal(random)));
    return { id, duration, deps: [...deps], exclusiveKeys: file };
  });
  return { tasks, workers: given.workers };
}

/** A standard normal number (Box and Muller 1958). */
export const normal = (random: Lehmer): number =>
  Math.sqrt(-2 * Math.log(random.next())) * Math.cos(2 * Math.PI * random.next());
