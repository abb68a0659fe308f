import type { PlanRequest } from '../domain/plan.ts';
import type { PlanGraph } from './plan-graph.ts';
import { ranksOf } from './plan-rank.ts';
import { totalSlots } from './plan-workers.ts';

/**
 * No schedule is shorter than this, minutes: the largest of the critical path, all work over all slots, the work of
 * each exclusive key, and the energy of each cumulative resource.
 */
export function lowerBound(graph: PlanGraph, request: PlanRequest): number {
  const path = ranksOf(graph).reduce((longest, rank) => Math.max(longest, rank), 0);
  const work = graph.duration.reduce((sum, duration) => sum + duration, 0) / totalSlots(request);
  return Math.max(path, work, ...largest(keyLoads(graph)), ...largest(energies(graph, request)));
}

const largest = (loads: ReadonlyMap<string, number>): readonly number[] => {
  let most = 0;
  for (const load of loads.values()) most = Math.max(most, load);
  return [most];
};

function keyLoads(graph: PlanGraph): ReadonlyMap<string, number> {
  const loads = new Map<string, number>();
  graph.tasks.forEach((task, place) => {
    for (const key of new Set(task.exclusiveKeys ?? []))
      loads.set(key, (loads.get(key) ?? 0) + (graph.duration[place] ?? 0));
  });
  return loads;
}

function energies(graph: PlanGraph, { capacity = {} }: PlanRequest): ReadonlyMap<string, number> {
  const loads = new Map<string, number>();
  graph.tasks.forEach((task, place) => {
    for (const [name, amount] of Object.entries(task.demand ?? {})) {
      const room = capacity[name];
      if (room) loads.set(name, (loads.get(name) ?? 0) + (amount * (graph.duration[place] ?? 0)) / room);
    }
  });
  return loads;
}
