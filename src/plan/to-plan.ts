import type { Plan, PlanSearch, ScheduledTask } from '../domain/plan.ts';
import type { Instance } from './graph/instance.ts';
import { criticalPath, type Ranking } from './graph/ranks.ts';
import { int, real } from './graph/sparse.ts';
import { batchesOf } from './schedule/batches.ts';
import { assignWorkers, startOrder } from './schedule/slots.ts';
import { isOptimal, type Solution } from './schedule/solution.ts';

/** A solution in the form that people and programs read. */
export function toPlan(given: {
  readonly instance: Instance;
  readonly ranking: Ranking;
  readonly bound: number;
  readonly solution: Solution;
  readonly search?: PlanSearch;
}): Plan {
  const { instance, ranking, bound, solution, search } = given;
  const { makespan } = solution.timetable;
  const sequential = instance.duration.reduce((sum, minutes) => sum + minutes, 0);
  const idOf = (task: number): string => instance.ids[task] ?? '';
  return {
    makespan,
    // Both are sums of the same minutes in different orders: rounding must not put the bound above the result.
    lowerBound: Math.min(makespan, bound),
    optimal: isOptimal(solution, bound),
    sequential,
    speedup: makespan > 0 ? sequential / makespan : 1,
    criticalPath: criticalPath(instance, ranking).map(idOf),
    order: Array.from(solution.order, idOf),
    schedule: scheduleOf(instance, solution),
    batches: batchesOf(instance, solution.order).map((batch) => batch.map(idOf)),
    ...(search === undefined ? {} : { search }),
  };
}

function scheduleOf(instance: Instance, { order, timetable }: Solution): readonly ScheduledTask[] {
  const byStart = startOrder(order, timetable);
  const workers = assignWorkers(instance, byStart, timetable);
  const schedule: ScheduledTask[] = [];
  for (let index = 0; index < byStart.length; index++) {
    const task = int(byStart, index);
    const id = instance.ids[task] ?? '';
    const worker = workers[task] ?? '';
    schedule.push({ id, start: real(timetable.start, task), end: real(timetable.end, task), worker });
  }
  return schedule;
}
