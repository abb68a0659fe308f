import { expect, test } from 'vitest';
import { createPlan } from '../../src/plan/create-plan.ts';
import { planNow } from '../../src/plan/plan-now.ts';

const MILLION = 1_000_000;

test('a million tasks are planned, also in the time that a search gets', async () => {
  const tasks = Array.from({ length: MILLION }, (_, id) => ({
    id,
    duration: 1,
    deps: id > 2 ? [id - 3] : [],
  }));
  expect(planNow({ tasks, workers: 3 }).makespan).toBe(Math.ceil(MILLION / 3));
  expect((await createPlan({ tasks, workers: 3 }, { budgetMs: 300 })).makespan).toBe(Math.ceil(MILLION / 3));
});

test.each([
  { order: 'first to last', dep: (id: number) => (id > 0 ? [id - 1] : []) },
  { order: 'last to first', dep: (id: number) => (id < MILLION - 1 ? [id + 1] : []) },
])('a chain of a million tasks, $order, is no deeper than a stack', ({ dep }) => {
  const tasks = Array.from({ length: MILLION }, (_, id) => ({ id, duration: 1, deps: dep(id) }));
  expect(planNow({ tasks, workers: 2 })).toMatchObject({
    makespan: MILLION,
    lowerBound: MILLION,
    optimal: true,
  });
});

test('a circle of a million tasks is told with its path', () => {
  const tasks = Array.from({ length: MILLION }, (_, id) => ({ id, deps: [(id + 1) % MILLION] }));
  expect(() => planNow({ tasks, workers: 2 })).toThrow(/wait for each other/);
});
