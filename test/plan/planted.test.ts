import { describe, expect, it } from 'vitest';
import { createPlan } from '../../src/plan/create-plan.ts';
import { planNow } from '../../src/plan/plan-now.ts';
import { type Planting, plant } from '../support/planted.ts';
import { faultsOf } from '../support/schedule-checker.ts';

const everything = { deps: 1.5, keys: 4, capabilities: true, capacity: true };
const plantings: readonly Planting[] = [
  { seed: 1, tasks: 30, workers: 3, deps: 1, keys: 3 },
  { seed: 2, tasks: 60, workers: 4, ...everything },
  { seed: 3, tasks: 100, workers: 5, ...everything },
  { seed: 4, tasks: 200, workers: 8, deps: 2, capabilities: true },
  { seed: 5, tasks: 200, workers: 8, deps: 2, keys: 6 },
];

describe('an instance with a known optimum', () => {
  it.each(plantings)('is planned at once, near to it: %j', (planting) => {
    const { request, optimum } = plant(planting);
    const plan = planNow(request);
    expect(faultsOf(request, plan)).toEqual([]);
    expect(plan.lowerBound).toBeLessThanOrEqual(optimum);
    expect(plan.makespan).toBeGreaterThanOrEqual(optimum);
    expect(plan.makespan).toBeLessThanOrEqual(optimum * 1.1);
  });

  it.each(plantings)('is searched, nearer to it: %j', async (planting) => {
    const { request, optimum } = plant(planting);
    const plan = await createPlan(request, { budgetMs: 1_000 });
    expect(faultsOf(request, plan)).toEqual([]);
    expect(plan.lowerBound).toBe(optimum);
    expect(plan.makespan).toBeLessThanOrEqual(optimum * 1.02);
  });
});
