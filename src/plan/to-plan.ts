import type { Plan, PlanSearch, ScheduledTask } from '../domain/plan.ts';
import type { Instance } from './graph/instance.ts';
import { criticalPath, type Ranking } from './graph/ranks.ts';
import { int, type Rows, real, rowOf } from './graph/sparse.ts';
import { batchesOf } from './schedule/batches.ts';
import { Slots, startOrder } from './schedule/slots.ts';
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
  const sequential = sumOf(instance.duration);
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

function sumOf(minutes: Float64Array): number {
  let sum = 0;
  for (let task = 0; task < minutes.length; task++) sum += real(minutes, task);
  return sum;
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
  const slots = new Slots(instance, timetable);
  const { ids } = instance;
  const schedule = new Array<ScheduledTask>(byStart.length);
  for (let index = 0; index < byStart.length; index++) {
    const task = int(byStart, index);
    const worker = slots.workers[slots.take(task)] ?? '';
    const [start, end] = [real(timetable.start, task), real(timetable.end, task)];
    schedule[index] = { id: ids[task] ?? '', start, end, worker };
  }
  return schedule;
}
