import { describe, expect, it } from 'vitest';
import type * as Library from '../../src/index.ts';
import { createPlan } from '../../src/plan/create-plan.ts';
import { plant } from '../support/planted.ts';
import { faultsOf } from '../support/schedule-checker.ts';

/** As it is installed: only the built library has a thread of its own. */
const library = async (): Promise<typeof Library> =>
  import(new URL('../../dist/index.js', import.meta.url).href);

const { request } = plant({ seed: 8, tasks: 60, workers: 4, deps: 1.5, keys: 4, capacity: true });

describe('a plan made in a thread', () => {
  it('is the one that the same search finds in this thread', async () => {
    const built = await library();
    const plan = await built.createPlan(request, { seed: 3, budgetMs: 30 });
    expect(faultsOf(request, plan)).toEqual([]);
    const here = await createPlan(request, { seed: 3, budgetMs: 30 });
    if (plan.search?.endedBy !== 'time' && here.search?.endedBy !== 'time') expect(plan).toEqual(here);
  });

  it('comes back whole where it crosses in many slices', async () => {
    const large = plant({ seed: 1, tasks: 7_000, workers: 8, deps: 2, keys: 2 });
    const plan = await (await library()).createPlan(large.request, { budgetMs: 1 });
    expect(plan.schedule).toHaveLength(large.request.tasks.length);
    expect(new Set(plan.order).size).toBe(large.request.tasks.length);
  });

  it('is refused with every problem, and the next one is made', async () => {
    const built = await library();
    await expect(built.createPlan({ tasks: [{ id: 'a', deps: ['z'] }], workers: 1 })).rejects.toMatchObject({
      problems: [{ kind: 'unknown-dependency', id: 'a', dependency: 'z' }],
    });
    expect((await built.createPlan({ tasks: [{ id: 'a' }], workers: 1 })).makespan).toBe(60);
  });

  it('ends with its signal, and the next one is made', async () => {
    const built = await library();
    const unproved = { tasks: [1, 2, 3].map((id) => ({ id, duration: 3 })), workers: 2 };
    const signal = AbortSignal.timeout(50);
    await expect(built.createPlan(unproved, { signal, budgetMs: 60_000 })).rejects.toThrow('timeout');
    expect((await built.createPlan(request, { budgetMs: 1 })).order).toHaveLength(request.tasks.length);
  });
});
