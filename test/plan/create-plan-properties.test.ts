import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanRequest, PlanTask } from '../../src/domain/plan.ts';
import { createPlan } from '../../src/plan/create-plan.ts';
import { planNow } from '../../src/plan/plan-now.ts';
import { requests } from '../support/plan-requests.ts';
import { faultsOf } from '../support/schedule-checker.ts';

/** Enough steps to leave the first plan far behind, for tasks as few as here. */
const budgetMs = 10;
const numRuns = 150;

describe('any plan that is searched for', () => {
  it('keeps precedence, keys, slots, capabilities and capacities, and is never longer than the one made at once', async () => {
    await fc.assert(
      fc.asyncProperty(requests, fc.integer(), async (request, seed) => {
        const plan = await createPlan(request, { seed, budgetMs });
        expect(faultsOf(request, plan)).toEqual([]);
        expect(plan.makespan).toBeLessThanOrEqual(planNow(request).makespan);
      }),
      { numRuns },
    );
  });

  it('is the same for the same seed, with the tasks in any order', async () => {
    await fc.assert(
      fc.asyncProperty(requests, fc.integer(), async (request, seed) => {
        const plan = await createPlan(request, { seed, budgetMs });
        fc.pre(plan.search?.endedBy !== 'time');
        const turned = { ...request, tasks: request.tasks.toReversed() };
        expect(await createPlan(turned, { seed, budgetMs: budgetMs })).toEqual(plan);
      }),
      { numRuns: 50 },
    );
  });
});

describe('any plan made at once', () => {
  it('has the same makespan when the tasks have other names in the same order', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const renamed = planNow(renamedIn(request));
        const plan = planNow(inNamedOrder(request));
        expect(renamed.makespan).toBe(plan.makespan);
        expect(renamed.order.map((id) => Number(id) - 1_000)).toEqual(plan.order.map(Number));
      }),
    );
  });

  it('is not longer where a task is done twice as fast, if one worker does all', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const tasks = request.tasks.map(({ requires: _, ...task }) => task);
        const faster = tasks.map((task, index) =>
          index === 0 ? { ...task, duration: (task.duration ?? 60) / 2 } : task,
        );
        const [slow, fast] = [planNow({ tasks, workers: 1 }), planNow({ tasks: faster, workers: 1 })];
        expect(fast.makespan).toBeLessThanOrEqual(slow.makespan + 1e-9);
      }),
    );
  });
});

/** Numbers for ids, in the order of the list. */
const inNamedOrder = (request: PlanRequest): PlanRequest => numbered(request, 0);
const renamedIn = (request: PlanRequest): PlanRequest => numbered(request, 1_000);

function numbered(request: PlanRequest, from: number): PlanRequest {
  const numbers = new Map(request.tasks.map(({ id }, index) => [String(id), from + index]));
  const nameOf = (id: string | number): number => numbers.get(String(id)) ?? -1;
  const tasks = request.tasks.map(
    (task): PlanTask => ({ ...task, id: nameOf(task.id), deps: (task.deps ?? []).map(nameOf) }),
  );
  return { ...request, tasks };
}
