import type { Plan, PlanRequest } from '../domain/plan.ts';
import { lowerBound } from './bounds/lower-bound.ts';
import type { Instance } from './graph/instance.ts';
import { type Ranking, rankTasks } from './graph/ranks.ts';
import { sortByNumber } from './graph/sort.ts';
import { int, rowOf } from './graph/sparse.ts';
import { readRequest } from './request/read-request.ts';
import { firstSolution } from './schedule/first-solution.ts';
import { listSchedule } from './schedule/floor.ts';
import { isShorter, type Solution } from './schedule/solution.ts';
import { toPlan } from './to-plan.ts';

/**
 * A plan after something has changed, without starting over: it keeps an earlier order, puts new tasks in by their ranks
 * and drops those that are gone. Only where planning at once is shorter by now, the order is a new one.
 * @throws PlanError as planNow does.
 */
export function replan(request: PlanRequest, order: readonly (string | number)[]): Plan {
  const { instance, ranking, bound } = read(request);
  const kept = along(instance, ranking, order);
  const fresh = firstSolution({ instance, ranking, bound });
  const solution = isShorter(fresh.timetable, kept.timetable) ? fresh : kept;
  return toPlan({ instance, ranking, bound, solution });
}

/**
 * What comes of an order, also if there is a better one. Blockers go before their dependents and tiers before ranks,
 * whatever it says.
 * @throws PlanError as planNow does.
 */
export function planAlong(request: PlanRequest, order: readonly (string | number)[]): Plan {
  const { instance, ranking, bound } = read(request);
  return toPlan({ instance, ranking, bound, solution: along(instance, ranking, order) });
}

function read(request: PlanRequest): { instance: Instance; ranking: Ranking; bound: number } {
  const instance = readRequest(request);
  const ranking = rankTasks(instance);
  return { instance, ranking, bound: lowerBound(instance, ranking) };
}

function along(instance: Instance, ranking: Ranking, order: readonly (string | number)[]): Solution {
  const merged = withBlockersFirst(
    instance,
    sortByNumber(withNewOnes(instance, ranking, order), ranking.tier, -1),
  );
  return { order: merged, timetable: listSchedule(instance, merged) };
}

/** A new task stands before the first known one that has a lower rank. */
function withNewOnes(
  { count, ids }: Instance,
  ranking: Ranking,
  order: readonly (string | number)[],
): Int32Array {
  const numbers = new Map(ids.map((id, number) => [id, number]));
  const known = [...new Set(order.flatMap((id) => numbers.get(String(id)) ?? []))];
  const isKnown = new Set(known);
  const place = new Int32Array(count);
  for (const [index, task] of ranking.order.entries()) place[task] = index;
  const merged: number[] = [];
  const fresh = Array.from(ranking.order).filter((task) => !isKnown.has(task));
  let next = 0;
  for (const task of known) {
    while (next < fresh.length && int(place, fresh[next] ?? 0) < int(place, task))
      merged.push(fresh[next++] ?? 0);
    merged.push(task);
  }
  return Int32Array.from([...merged, ...fresh.slice(next)]);
}

function withBlockersFirst({ blockers, count }: Instance, order: Int32Array): Int32Array {
  const sorted: number[] = [];
  const done = new Uint8Array(count);
  for (const task of order) {
    const stack = [task];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const open = done[top] === 1 ? undefined : rowOf(blockers, top).find((blocker) => done[blocker] === 0);
      if (open !== undefined) stack.push(open);
      else {
        stack.pop();
        if (done[top] === 0) sorted.push(top);
        done[top] = 1;
      }
    }
  }
  return Int32Array.from(sorted);
}
