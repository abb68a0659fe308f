import type { Plan, PlanSearch, ScheduledTask } from '../domain/plan.ts';
import type { Instance } from './graph/instance.ts';
import { criticalPath, type Ranking } from './graph/ranks.ts';
import { int, type Rows, real, rowOf } from './graph/sparse.ts';
import { batchesOf } from './schedule/batches.ts';
import { assignSlots, startOrder } from './schedule/slots.ts';
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
  const { ids } = instance;
  return {
    makespan,
    // Both are sums of the same minutes in different orders: rounding must not put the bound above the result.
    lowerBound: Math.min(makespan, bound),
    optimal: isOptimal(solution, bound),
    sequential,
    speedup: makespan > 0 ? sequential / makespan : 1,
    criticalPath: named(ids, criticalPath(instance, ranking)),
    order: named(ids, solution.order),
    schedule: scheduleOf(instance, solution),
    batches: namedRows(ids, batchesOf(instance, solution.order)),
    ...(search === undefined ? {} : { search }),
  };
}

/** A list of the right length: one that grows is copied again and again. */
function named(ids: readonly string[], tasks: Int32Array): readonly string[] {
  const names = new Array<string>(tasks.length);
  for (let index = 0; index < tasks.length; index++) names[index] = ids[int(tasks, index)] ?? '';
  return names;
}

function namedRows(ids: readonly string[], rows: Rows): readonly (readonly string[])[] {
  const lists: (readonly string[])[] = [];
  for (let row = 0; row + 1 < rows.start.length; row++) lists.push(named(ids, rowOf(rows, row)));
  return lists;
}

function scheduleOf(instance: Instance, { order, timetable }: Solution): readonly ScheduledTask[] {
  const byStart = startOrder(order, timetable);
  const slotOf = assignSlots(instance, byStart, timetable);
  const { ids, pools } = instance;
  const schedule = new Array<ScheduledTask>(byStart.length);
  for (let index = 0; index < byStart.length; index++) {
    const task = int(byStart, index);
    const id = ids[task] ?? '';
    const worker = pools[int(timetable.pool, task)]?.slots[int(slotOf, task)] ?? '';
    schedule[index] = { id, start: real(timetable.start, task), end: real(timetable.end, task), worker };
  }
  return schedule;
}
