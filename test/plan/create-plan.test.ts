import { describe, expect, it } from 'vitest';
import type { Plan, PlanRequest } from '../../src/domain/plan.ts';
import { createPlan } from '../../src/plan/create-plan.ts';
import { PlanError } from '../../src/plan/plan-error.ts';
import { planNow } from '../../src/plan/plan-now.ts';
import { faultsOf } from '../support/schedule-checker.ts';

/** Two machines and six jobs, each on both, in different orders. */
const shop: PlanRequest = {
  tasks: [
    [4, 7],
    [9, 3],
    [2, 8],
    [6, 6],
    [5, 1],
    [3, 9],
  ].flatMap(([first = 0, second = 0], job) => [
    { id: `j${job}a`, duration: first, exclusiveKeys: [`m${job % 2}`] },
    { id: `j${job}b`, duration: second, exclusiveKeys: [`m${1 - (job % 2)}`], deps: [`j${job}a`] },
  ]),
  workers: 6,
};

/** Two workers need 6 minutes for this; no bound of ours says more than 5. */
const unproved: PlanRequest = { tasks: [1, 2, 3].map((id) => ({ id, duration: 3 })), workers: 2 };

/** Does all the work of its budget: where the machine is too busy for that, the clock ends the search, so it is tried again. */
async function searched(request: PlanRequest): Promise<Plan> {
  for (;;) {
    const plan = await createPlan(request, { seed: 7, budgetMs: 30 });
    if (plan.search?.endedBy !== 'time') return plan;
  }
}

describe('a plan that is searched for', () => {
  it('assumes by a title what no duration says, as the one that is made at once does', async () => {
    const request = { tasks: [{ id: 1, title: 'Rewrite the scheduler' }, { id: 2 }], workers: 1 };
    expect((await createPlan(request)).makespan).toBe(planNow(request).makespan);
    expect(planNow(request).makespan).toBe(120 + 60);
  });

  it('is valid, and never longer than the one that is made at once', async () => {
    const plan = await createPlan(shop);
    expect(faultsOf(shop, plan)).toEqual([]);
    expect(plan.makespan).toBeLessThanOrEqual(planNow(shop).makespan);
  });

  it('is the same for the same seed and tasks in any order', async () => {
    const one = await searched(shop);
    expect(await searched({ ...shop, tasks: shop.tasks.toReversed() })).toEqual(one);
  });

  it('says that it is optimal where the bound proves it, and stops at once', async () => {
    const plan = await createPlan({ tasks: [{ id: 1 }, { id: 2, deps: [1] }], workers: 2 });
    expect(plan).toMatchObject({ optimal: true, makespan: 120, search: { endedBy: 'optimal', work: 0 } });
  });

  it('is refused with the same problems', async () => {
    const request = { tasks: [{ id: 'a', deps: ['b'] }, { id: 'a' }], workers: 1 };
    await expect(createPlan(request)).rejects.toThrow(PlanError);
    await expect(createPlan(request)).rejects.toThrow(/more than once\n.*which is no task/);
  });

  it.each([{ budgetMs: -1 }, { budgetMs: Number.NaN }, { seed: 1.5 }])('refuses %j', async (options) => {
    await expect(createPlan(shop, options)).rejects.toMatchObject({ problems: [{ kind: 'invalid' }] });
  });

  it('ends when its signal says so', async () => {
    await expect(createPlan(shop, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    );
    const signal = AbortSignal.timeout(1);
    await expect(createPlan(unproved, { signal, budgetMs: 60_000 })).rejects.toThrow('timeout');
  });
});
