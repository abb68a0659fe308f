import { describe, expect, it } from 'vitest';
import type { PlanRequest, PlanTask } from '../../src/domain/plan.ts';
import { createPlan } from '../../src/plan/create-plan.ts';
import { PlanError } from '../../src/plan/plan-error.ts';
import { planNow } from '../../src/plan/plan-now.ts';
import { processorMs } from '../support/processor-time.ts';
import { faultsOf } from '../support/schedule-checker.ts';

const NAMES = [
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  'valueOf',
  '0',
  '-1',
  ' ',
  '\0',
  'é',
  '😀',
];

describe('names that mean something to JavaScript', () => {
  it('are names like others, for tasks, keys, capabilities, workers and resources', async () => {
    const tasks = NAMES.map(
      (id, index): PlanTask => ({
        id,
        duration: 1 + index,
        deps: index > 2 ? [NAMES[index - 3] ?? ''] : [],
        exclusiveKeys: [NAMES[(index * 3) % NAMES.length] ?? ''],
        requires: [NAMES[index % 2] ?? ''],
        demand: JSON.parse('{"__proto__": 1}'),
      }),
    );
    const workers = NAMES.slice(0, 3).map((id) => ({ id, capabilities: NAMES.slice(0, 2) }));
    const request: PlanRequest = { tasks, workers, capacity: JSON.parse('{"__proto__": 2}') };
    expect(faultsOf(request, planNow(request))).toEqual([]);
    expect(faultsOf(request, await createPlan(request, { budgetMs: 20 }))).toEqual([]);
    expect(Math.max(...atOnce(planNow(request)))).toBeLessThanOrEqual(2);
  });
});

const atOnce = ({ schedule }: ReturnType<typeof planNow>): number[] =>
  schedule.map(({ start }) => schedule.filter((other) => other.start <= start && other.end > start).length);

describe('what cannot be planned', () => {
  it.each([
    ['a request that is none', null],
    ['a list', []],
    ['tasks that are none', { tasks: 'all', workers: 1 }],
    ['NaN', { tasks: [{ id: 1, duration: Number.NaN }], workers: 1 }],
    ['Infinity', { tasks: [{ id: 1, duration: Number.POSITIVE_INFINITY }], workers: 1 }],
    ['a huge number', { tasks: [{ id: 1, duration: 1e308 }], workers: 1 }],
    ['a number too big for workers', { tasks: [], workers: 1e21 }],
    ['a function', { tasks: [{ id: 1, duration: () => 5 }], workers: 1 }],
    ['a symbol', { tasks: [{ id: 1, deps: [Symbol('x')] }], workers: 1 }],
    ['a task that waits for itself', { tasks: [{ id: 'a', deps: ['a'] }], workers: 1 }],
  ])('is refused at once and by the search, with the same words: %s', async (_, given) => {
    // What a file holds has any form.
    const request = given as PlanRequest;
    const words = wordsOf(() => planNow(request));
    await expect(createPlan(request)).rejects.toThrow(words);
  });
});

function wordsOf(call: () => unknown): string {
  try {
    call();
  } catch (error) {
    if (error instanceof PlanError) return error.message;
    throw error;
  }
  return 'nothing was refused';
}

describe('objects of a program', () => {
  class Job {
    get id(): string {
      return 'job';
    }
    run(): void {}
  }

  it('are searched for a plan like plain ones: with methods, getters and proxies', async () => {
    const proxied: PlanTask = new Proxy({ id: 'b', duration: 2, deps: new Proxy(['job'], {}) }, {});
    const started: PlanTask = Object.assign(new Job(), { duration: 1, run: () => 1 });
    const worker = Object.assign({ id: 'w', slots: 2 }, { call: () => 1 });
    const request = { tasks: [started, proxied], workers: new Proxy([worker], {}) };
    expect(await createPlan(request)).toMatchObject({ ...planNow(request), makespan: 3 });
  });

  it('are refused where they lie too deep in each other to be copied', async () => {
    let deps: unknown[] = [];
    for (let depth = 0; depth < 100_000; depth++) deps = [deps];
    const request = { tasks: [{ id: 'a', deps }], workers: 1 } as unknown as PlanRequest;
    await expect(createPlan(request)).rejects.toThrow('tasks[0].deps must be a list of ids');
  });
});

describe('large requests', () => {
  it('of two hundred thousand tasks are planned', () => {
    const tasks = Array.from({ length: 200_000 }, (_, id) => ({
      id,
      duration: 1,
      deps: id > 2 ? [id - 3] : [],
    }));
    const before = process.cpuUsage();
    expect(planNow({ tasks, workers: 3 }).makespan).toBe(66_667);
    expect(processorMs(before)).toBeLessThan(12_000);
  });

  it('of 20,000 tasks that all need different amounts and hold one key of ten take no quadratic time', () => {
    const tasks = Array.from({ length: 20_000 }, (_, id) => ({
      id,
      duration: 1 + (id % 5),
      exclusiveKeys: [`k${id % 10}`],
      demand: { cpu: 1 + (id % 977) / 1_000 },
    }));
    const before = process.cpuUsage();
    const plan = planNow({ tasks, workers: 8, capacity: { cpu: 6 } });
    expect(plan.lowerBound).toBeGreaterThan(0);
    expect(processorMs(before)).toBeLessThan(30_000);
  });

  it('of 10,000 tasks that only one worker each can do are planned', () => {
    const tasks = Array.from({ length: 10_000 }, (_, id) => ({ id, duration: 1, requires: [`c${id}`] }));
    const workers = tasks.map(({ id, requires }) => ({ id: `w${id}`, capabilities: requires }));
    expect(planNow({ tasks, workers })).toMatchObject({ makespan: 1, optimal: true });
  });

  it('with more resources than can be looked at for each task are refused', () => {
    const tasks = Array.from({ length: 20_000 }, (_, id) => ({ id, demand: { [`r${id}`]: 1 } }));
    const capacity = Object.fromEntries(tasks.map(({ id }) => [`r${id}`, 1]));
    expect(() => planNow({ tasks, workers: 4, capacity })).toThrow(
      'capacity must name at most 500 resources for 20000 tasks, but names 20000',
    );
  });
});
