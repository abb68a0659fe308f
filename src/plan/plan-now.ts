import type { Plan, PlanRequest } from '../domain/plan.ts';
import { batchesOf } from './plan-batches.ts';
import { lowerBound } from './plan-bound.ts';
import { planGraph } from './plan-graph.ts';
import { criticalPath, precedence } from './plan-rank.ts';
import { schedule } from './plan-schedule.ts';

/**
 * Plans at once: critical-path priorities and list scheduling. Times are minutes. The order is what counts; the
 * schedule is what it comes to if every estimate were right. Deterministic, whatever the order of the tasks.
 * @throws PlanError with every problem of the request: circles, unknown dependencies, duplicate ids, bad numbers,
 * requirements that no worker meets.
 */
export function planNow(request: PlanRequest): Plan {
  const graph = planGraph(request);
  const compare = precedence(graph);
  const order = Array.from(graph.topological).sort(compare);
  const placed = schedule(graph, request, compare);
  const makespan = placed.reduce((latest, { end }) => Math.max(latest, end), 0);
  const sequential = graph.duration.reduce((sum, duration) => sum + duration, 0);
  const name = (task: number): string => graph.ids[task] ?? '';
  return {
    makespan,
    lowerBound: lowerBound(graph, request),
    sequential,
    speedup: makespan > 0 ? sequential / makespan : 1,
    criticalPath: criticalPath(graph).map(name),
    order: order.map(name),
    schedule: placed.map(({ task, start, end, worker }) => ({ id: name(task), start, end, worker })),
    batches: batchesOf(graph, order).map((batch) => batch.map(name)),
  };
}
