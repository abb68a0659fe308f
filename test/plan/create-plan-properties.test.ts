import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan, PlanRequest, PlanTask } from '../../src/domain/plan.ts';
import { createPlan } from '../../src/plan/create-plan.ts';
import { Random } from '../../src/plan/improve/random.ts';
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

  it('is the same for the same seed, with all lists of the request in any order', async () => {
    await fc.assert(
      fc.asyncProperty(requests, fc.integer(), async (request, seed) => {
        const plan = await createPlan(request, { seed, budgetMs });
        fc.pre(plan.search?.endedBy !== 'time');
        const again = await createPlan(shuffled(request, seed), { seed, budgetMs });
        fc.pre(again.search?.endedBy !== 'time');
        expect(again).toEqual(plan);
      }),
      { numRuns: 60 },
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

describe('names', () => {
  // Where two tasks are alike, the lesser name goes first: other names may give another plan, as good a guess as this.
  it('in another order change no bound, no critical path and no sum', () => {
    fc.assert(
      fc.property(requests, fc.integer(), (request, seed) => {
        const numbers = shuffledBy(
          request.tasks.map((_, index) => index),
          seed,
        );
        const [plan, renamed] = [inNamedOrder(request), named(request, numbers)].map(planNow);
        const minutes = (one: Plan | undefined): number =>
          (one?.criticalPath ?? []).reduce((sum, id) => sum + lengthIn(one, id), 0);
        expect(renamed?.sequential).toBeCloseTo(plan?.sequential ?? 0, 6);
        expect(minutes(renamed)).toBeCloseTo(minutes(plan), 6);
        // The bound is cut to the makespan where rounding put it above.
        expect(renamed?.lowerBound).toBeCloseTo(plan?.lowerBound ?? 0, 6);
      }),
      { numRuns: 150 },
    );
  });
});

function lengthIn(plan: Plan | undefined, id: string): number {
  const entry = plan?.schedule.find((one) => one.id === id);
  return entry === undefined ? 0 : entry.end - entry.start;
}

/** The same request with every list in another order. */
function shuffled(request: PlanRequest, seed: number): PlanRequest {
  const { workers } = request;
  const tasks = request.tasks.map(
    (task): PlanTask => ({
      ...task,
      deps: shuffledBy(task.deps ?? [], seed),
      exclusiveKeys: shuffledBy(task.exclusiveKeys ?? [], seed),
      requires: shuffledBy(task.requires ?? [], seed),
    }),
  );
  return {
    ...request,
    tasks: shuffledBy(tasks, seed),
    workers: typeof workers === 'number' ? workers : shuffledBy(workers, seed),
  };
}

function shuffledBy<T>(list: readonly T[], seed: number): T[] {
  const random = new Random(seed);
  const keyed = list.map((item) => ({ item, key: random.next() }));
  return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

/** Numbers for ids, in the order of the list. */
const inNamedOrder = (request: PlanRequest): PlanRequest => numbered(request, 0);
const renamedIn = (request: PlanRequest): PlanRequest => numbered(request, 1_000);

const numbered = (request: PlanRequest, from: number): PlanRequest =>
  named(
    request,
    request.tasks.map((_, index) => from + index),
  );

function named(request: PlanRequest, names: readonly number[]): PlanRequest {
  const numbers = new Map(request.tasks.map(({ id }, index) => [String(id), names[index] ?? -1]));
  const nameOf = (id: string | number): number => numbers.get(String(id)) ?? -1;
  const tasks = request.tasks.map(
    (task): PlanTask => ({ ...task, id: nameOf(task.id), deps: (task.deps ?? []).map(nameOf) }),
  );
  return { ...request, tasks };
}
