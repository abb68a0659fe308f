import { describe, expect, it } from 'vitest';
import type { PlanRequest } from '../../src/domain/plan.ts';
import { createPlan } from '../../src/plan/create-plan.ts';
import { planNow } from '../../src/plan/plan-now.ts';

const request: PlanRequest = {
  tasks: [
    { id: 'running', duration: 5, runningOn: 'b', exclusiveKeys: ['k'], deps: ['late'] },
    { id: 'late', duration: 1, notBefore: 10 },
    { id: 'next', duration: 3, exclusiveKeys: ['k'] },
    { id: 'last', duration: 2, deps: ['running'] },
  ],
  workers: [{ id: 'a' }, { id: 'b' }],
};

describe.each([
  ['at once', planNow],
  ['by a search', (it: PlanRequest) => createPlan(it, { budgetMs: 20 })],
] as const)('a plan made %s while work goes on', (_, make) => {
  it('lets a running task go on where it runs, with its keys, whatever it should have waited for', async () => {
    const { schedule } = await make(request);
    expect(schedule).toContainEqual({ id: 'running', start: 0, end: 5, worker: 'b' });
    expect(schedule.find(({ id }) => id === 'next')?.start).toBe(5);
  });

  it('starts nothing before its time', async () => {
    const plan = await make(request);
    expect(plan.schedule.find(({ id }) => id === 'late')?.start).toBe(10);
    expect(plan).toMatchObject({ makespan: 11, lowerBound: 11, optimal: true });
  });
});

it('refuses a task that runs on no worker, or on one that is full', () => {
  const running = (id: string, runningOn: string) => ({ id, runningOn });
  const tasks = [running('1', 'a'), running('2', 'a'), running('3', 'z')];
  expect(() => planNow({ tasks, workers: [{ id: 'a' }] })).toThrow(/"2" runs on "a".*\n"3" runs on "z"/);
});
