import type { Plan, PlanRequest } from '../domain/plan.ts';
import { batchesOf } from './batches.ts';
import { listSchedule } from './list-schedule.ts';
import { lowerBound } from './lower-bound.ts';
import { criticalPath, rankTasks } from './ranks.ts';
import { readRequest } from './read-request.ts';
import { at } from './sparse.ts';

/**
 * Plans at once: critical-path priorities and list scheduling. Times are minutes. The order is what counts; the
 * schedule is what it comes to if every estimate is right. The same tasks give the same plan, in whatever order they
 * are listed. A task without a duration counts as 60 minutes, one without a priority as medium.
 * @throws PlanError with every problem of the request at once: cycles, unknown dependencies, duplicate ids, values out
 * of range, requirements that no worker meets.
 */
export function planNow(request: PlanRequest): Plan {
  const instance = readRequest(request);
  const ranking = rankTasks(instance);
  const timetable = listSchedule(instance, ranking);
  const makespan = timetable.end.reduce((latest, end) => Math.max(latest, end), 0);
  const sequential = instance.duration.reduce((sum, minutes) => sum + minutes, 0);
  const idOf = (task: number): string => instance.ids[task] ?? '';
  const byStart = Array.from(ranking.order).sort((a, b) => at(timetable.start, a) - at(timetable.start, b));
  return {
    makespan,
    // Both are sums of the same minutes in different orders: rounding must not put the bound above the result.
    lowerBound: Math.min(makespan, lowerBound(instance, ranking)),
    sequential,
    speedup: makespan > 0 ? sequential / makespan : 1,
    criticalPath: criticalPath(instance, ranking).map(idOf),
    order: Array.from(ranking.order, idOf),
    schedule: byStart.map((task) => ({
      id: idOf(task),
      start: at(timetable.start, task),
      end: at(timetable.end, task),
      worker: timetable.worker[task] ?? '',
    })),
    batches: batchesOf(instance, ranking).map((batch) => batch.map(idOf)),
  };
}
