import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanTask } from '../../src/domain/plan.ts';
import { planNow } from '../../src/plan/plan-now.ts';
import { problemsOf, requests } from '../support/plan-requests.ts';
import { processorMs } from '../support/processor-time.ts';
import { runs } from '../support/property-runs.ts';
import { faultsOf } from '../support/schedule-checker.ts';

describe('any plan', () => {
  it('keeps precedence, keys, slots, capabilities and capacities, and its numbers are right', () => {
    fc.assert(
      fc.property(requests, (request) => {
        expect(faultsOf(request, planNow(request))).toEqual([]);
      }),
      runs(400),
    );
  });

  it('is the same for the same tasks and workers in any order', () => {
    fc.assert(
      fc.property(requests, fc.infiniteStream(fc.nat()), (request, numbers) => {
        const shuffled = (list: readonly PlanTask[]) =>
          [...list].sort(() => ((numbers.next().value ?? 0) % 2 === 0 ? 1 : -1));
        const workers = typeof request.workers === 'number' ? request.workers : request.workers.toReversed();
        expect(planNow({ ...request, tasks: shuffled(request.tasks), workers })).toEqual(planNow(request));
      }),
    );
  });

  it('never lets a worker stand by while a task could start', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const plan = planNow(request);
        const starts = new Set(plan.schedule.map(({ start }) => start));
        const ends = new Set([0, ...plan.schedule.map(({ end }) => end)]);
        expect([...starts].filter((start) => !ends.has(start))).toEqual([]);
      }),
    );
  });
});

describe('a small plan', () => {
  it('starts the longest chain first', () => {
    const plan = planNow({
      tasks: [
        { id: 1, duration: 2 },
        { id: 2, duration: 2 },
        { id: 3, duration: 3 },
        { id: 4, duration: 3, deps: [3] },
      ],
      workers: 2,
    });
    expect(plan.order).toEqual(['3', '4', '1', '2']);
    expect(plan).toMatchObject({ makespan: 6, lowerBound: 6, sequential: 10, criticalPath: ['3', '4'] });
    expect(plan.batches).toEqual([
      ['3', '1'],
      ['4', '2'],
    ]);
  });

  it('puts a higher tier first, with everything that it waits for', () => {
    const tasks: PlanTask[] = [
      { id: 'long', duration: 100 },
      { id: 'blocker', duration: 1, priority: 'low' },
      { id: 'urgent', duration: 1, priority: 'critical', deps: ['blocker'] },
    ];
    expect(planNow({ tasks, workers: 1 }).order).toEqual(['blocker', 'urgent', 'long']);
  });

  it('assumes by its title how long a task without a duration takes', () => {
    const titles = ['Fix typo in README', 'Strip the prefix', 'Rewrite the parser', undefined];
    const tasks = titles.map((title, id) => ({ id, ...(title === undefined ? {} : { title }) }));
    const { schedule } = planNow({ tasks, workers: 4 });
    const minutes = new Map(schedule.map(({ id, start, end }) => [id, end - start]));
    expect(['0', '1', '2', '3'].map((id) => minutes.get(id))).toEqual([30, 60, 120, 60]);
  });

  it('never runs two tasks with one key at once, and bounds them by it', () => {
    const tasks = [1, 2, 3].map((id) => ({ id, duration: 5, exclusiveKeys: ['src/a.ts'] }));
    expect(planNow({ tasks, workers: 3 })).toMatchObject({ makespan: 15, lowerBound: 15 });
  });

  it('leaves the capable worker to the task that needs it', () => {
    const tasks: PlanTask[] = [
      { id: 'any', duration: 9 },
      { id: 'special', duration: 8, requires: ['gpu'] },
    ];
    const workers = [{ id: 'a', capabilities: ['gpu'] }, { id: 'b' }];
    expect(planNow({ tasks, workers }).makespan).toBe(9);
  });

  it('has nothing in it where there are no tasks', () => {
    expect(planNow({ tasks: [], workers: 4 })).toEqual({
      makespan: 0,
      lowerBound: 0,
      optimal: true,
      sequential: 0,
      speedup: 1,
      criticalPath: [],
      order: [],
      schedule: [],
      batches: [],
    });
  });

  it('orders ids as numbers where they are', () => {
    const tasks = ['b', '10', 9, 'a', 2].map((id) => ({ id, duration: 1 }));
    expect(planNow({ tasks, workers: 1 }).order).toEqual(['2', '9', '10', 'a', 'b']);
  });
});

describe('a request that cannot be planned', () => {
  it('is answered with every problem at once', () => {
    const tasks: PlanTask[] = [
      { id: 'a', deps: ['b'] },
      { id: 'b', deps: ['a', 'zz'] },
      { id: 'c', deps: ['c'], requires: ['gpu'] },
      { id: 'd' },
      { id: 'd', demand: { cpu: 9 } },
    ];
    const kinds = problemsOf({ tasks, workers: 2, capacity: { cpu: 8 } }).map(({ kind }) => kind);
    expect(kinds).toEqual([
      'duplicate-id',
      'unknown-dependency',
      'unmet-requirement',
      'unmet-requirement',
      'cycle',
      'cycle',
    ]);
  });

  it('names a cycle by its way round', () => {
    const tasks = [
      { id: 'a', deps: ['b'] },
      { id: 'b', deps: ['a'] },
    ];
    expect(problemsOf({ tasks, workers: 1 })).toMatchObject([{ kind: 'cycle', path: ['a', 'b', 'a'] }]);
  });

  it('takes 1 and "1" for the same id', () => {
    expect(problemsOf({ tasks: [{ id: 1 }, { id: '1' }], workers: 1 })).toMatchObject([
      { kind: 'duplicate-id', id: '1' },
    ]);
  });

  it.each([
    [{ id: 'a', duration: -1 }, 'tasks[0].duration'],
    [{ id: 'a', duration: Number.NaN }, 'tasks[0].duration'],
    [{ id: 'a', duration: Number.POSITIVE_INFINITY }, 'tasks[0].duration'],
    [{ id: 'a', duration: 1e300 }, 'tasks[0].duration'],
    [{ id: 'a', duration: '5' }, 'tasks[0].duration'],
    [{ id: '' }, 'tasks[0].id'],
    [{}, 'tasks[0].id'],
    [{ id: Number.NaN }, 'tasks[0].id'],
    [{ id: 'a', deps: 'b' }, 'tasks[0].deps'],
    [{ id: 'a', deps: [null] }, 'tasks[0].deps'],
    [{ id: 'a', priority: 'urgent' }, 'tasks[0].priority'],
    [{ id: 'a', priority: Number.NaN }, 'tasks[0].priority'],
    [{ id: 'a', exclusiveKeys: [1] }, 'tasks[0].exclusiveKeys'],
    [{ id: 'a', demand: { cpu: -1 } }, 'tasks[0].demand.cpu'],
    [null, 'tasks[0]'],
  ])('refuses the task %j', (task, path) => {
    expect(problemsOf({ tasks: [task], workers: 1 })).toMatchObject([{ kind: 'invalid', path }]);
  });

  it.each([
    [{ tasks: [] }, 'workers'],
    [{ tasks: [], workers: 0 }, 'workers'],
    [{ tasks: [], workers: 1.5 }, 'workers'],
    [{ tasks: [], workers: [] }, 'workers'],
    [{ tasks: [], workers: [{ id: 'a', slots: 0 }] }, 'workers[0].slots'],
    [{ tasks: [], workers: [{ id: 'a' }, { id: 'a' }] }, 'workers[1].id'],
    [{ tasks: {}, workers: 1 }, 'tasks'],
    [{ tasks: [], workers: 1, capacity: [] }, 'capacity'],
    [{ tasks: [], workers: 1, capacity: { cpu: Number.NaN } }, 'capacity.cpu'],
    [[], ''],
    [null, ''],
  ])('refuses the request %j', (request, path) => {
    expect(problemsOf(request)).toMatchObject([{ kind: 'invalid', path }]);
  });
});

describe('a large request', () => {
  it.each([1, -1])('of one chain of 100,000 tasks is planned (direction %i)', (direction) => {
    const count = 100_000;
    const tasks = Array.from({ length: count }, (_, i) => {
      const blocker = i - direction;
      return { id: i, duration: 1, deps: blocker >= 0 && blocker < count ? [blocker] : [] };
    });
    expect(planNow({ tasks, workers: 8 })).toMatchObject({ makespan: count, lowerBound: count });
  });

  it('of 10,000 tasks on one key takes no quadratic time', () => {
    const tasks = Array.from({ length: 10_000 }, (_, id) => ({ id, duration: 1, exclusiveKeys: ['k'] }));
    const before = process.cpuUsage();
    expect(planNow({ tasks, workers: 8 }).makespan).toBe(10_000);
    expect(processorMs(before)).toBeLessThan(10_000);
  });

  it('of 100,000 tasks with three dependencies each is planned in seconds', () => {
    const tasks = Array.from({ length: 100_000 }, (_, i) => ({
      id: `task-${(i * 7919) % 100_003}`,
      duration: 1 + (i % 7),
      deps: i < 3 ? [] : [i - 1 - (i % 3), i >> 1, i >> 2].map((j) => `task-${(j * 7919) % 100_003}`),
    }));
    const before = process.cpuUsage();
    expect(planNow({ tasks, workers: 8 }).order).toHaveLength(100_000);
    expect(processorMs(before)).toBeLessThan(25_000);
  });
});
