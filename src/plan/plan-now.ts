import type { Plan, PlanRequest } from '../domain/plan.ts';
import { lowerBound } from './bounds/lower-bound.ts';
import { reusingArrays } from './graph/arrays.ts';
import { rankTasks } from './graph/ranks.ts';
import { readRequest } from './request/read-request.ts';
import { firstSolution } from './schedule/first-solution.ts';
import { toPlan } from './to-plan.ts';

/**
 * Plans at once: critical-path priorities, list scheduling and forward-backward improvement; the last only where the
 * bound does not prove yet that nothing is shorter, and up to 20,000 tasks. Times are minutes. The order is what counts;
 * the schedule is what it comes to if every estimate is right. The same tasks give the same plan, in whatever order they
 * are listed. A task without a duration counts as its title sounds, mostly 60 minutes; one without
 * a priority is medium.
 * @throws PlanError with every problem of the request at once: cycles, unknown dependencies, duplicate ids, values out
 * of range, requirements that no worker meets.
 */
export function planNow(request: PlanRequest): Plan {
  return reusingArrays(() => {
    const instance = readRequest(request);
    const ranking = rankTasks(instance);
    const bound = lowerBound(instance, ranking);
    return toPlan({ instance, ranking, bound, solution: firstSolution({ instance, ranking, bound }) });
  });
}
