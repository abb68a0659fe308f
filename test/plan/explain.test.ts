import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanRequest } from '../../src/domain/plan.ts';
import { createPlan } from '../../src/plan/create-plan.ts';
import { explainPlan } from '../../src/plan/explain/explain.ts';
import { planNow } from '../../src/plan/plan-now.ts';
import { requests } from '../support/plan-requests.ts';
import { runs } from '../support/property-runs.ts';
import { untruths } from '../support/wait-checker.ts';

const waitsOf = (request: PlanRequest) => explainPlan(request, planNow(request));

describe('the explanation of any plan', () => {
  it('names a real reason for every task that starts later, and never that it was only not its turn', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const plan = planNow(request);
        const waits = explainPlan(request, plan);
        expect(untruths(request, plan, waits)).toEqual([]);
        expect(waits.flatMap(({ reasons }) => reasons).filter(({ kind }) => kind === 'turn')).toEqual([]);
      }),
      runs(250),
    );
  });

  it('names a real reason also where the plan was searched for', async () => {
    await fc.assert(
      fc.asyncProperty(requests, async (request) => {
        const plan = await createPlan(request, { budgetMs: 5 });
        expect(untruths(request, plan, explainPlan(request, plan))).toEqual([]);
      }),
      runs(50),
    );
  });

  it('says how long each task was not ready, never longer than it waits', () => {
    fc.assert(
      fc.property(requests, (request) => {
        const plan = planNow(request);
        const start = new Map(plan.schedule.map((entry) => [entry.id, entry.start]));
        for (const { id, readyAt } of explainPlan(request, plan))
          expect(readyAt).toBeLessThanOrEqual(start.get(id) ?? -1);
      }),
    );
  });
});

describe('a task that waits', () => {
  it('names the blockers that end last', () => {
    const tasks = [
      { id: 1, duration: 5 },
      { id: 2, duration: 5 },
      { id: 3, duration: 4 },
      { id: 4, duration: 1, deps: [1, 2, 3] },
    ];
    expect(waitsOf({ tasks, workers: 4 })).toEqual([
      { id: '4', readyAt: 5, reasons: [{ kind: 'blocked', by: ['1', '2'] }] },
    ]);
  });

  it('names who holds its key', () => {
    const tasks = [
      { id: 1, duration: 5, exclusiveKeys: ['b', 'a'] },
      { id: 2, duration: 4, exclusiveKeys: ['a'] },
    ];
    expect(waitsOf({ tasks, workers: 4 })).toEqual([
      { id: '2', readyAt: 0, reasons: [{ kind: 'key', key: 'a', heldBy: '1' }] },
    ]);
  });

  it('names what it requires of a worker, and who is busy with it', () => {
    const tasks = [
      { id: 1, duration: 5, requires: ['gpu'] },
      { id: 2, duration: 4, requires: ['gpu'] },
    ];
    const workers = [{ id: 'a', capabilities: ['gpu'] }, { id: 'b' }];
    expect(waitsOf({ tasks, workers })).toEqual([
      { id: '2', readyAt: 0, reasons: [{ kind: 'worker', requires: ['gpu'], worker: 'a', after: '1' }] },
    ]);
  });

  it('names the resource that is used up, and who gives some of it back', () => {
    const tasks = [
      { id: 1, duration: 5, demand: { cpu: 3 } },
      { id: 2, duration: 4, demand: { cpu: 2 } },
    ];
    expect(waitsOf({ tasks, workers: 4, capacity: { cpu: 4 } })).toEqual([
      { id: '2', readyAt: 0, reasons: [{ kind: 'capacity', resource: 'cpu', after: '1' }] },
    ]);
  });

  it('takes times that differ by rounding for the same', () => {
    const tasks = [
      { id: 'a', duration: 0.1 },
      { id: 'b', duration: 0.2, deps: ['a'] },
      { id: 'c', duration: 0.3 },
      { id: 'd', duration: 1, deps: ['b', 'c'] },
      { id: 'e', duration: 1, notBefore: 0.3, deps: ['b'] },
    ];
    expect(waitsOf({ tasks, workers: 4 }).slice(1)).toMatchObject([
      { id: 'd', reasons: [{ kind: 'blocked', by: ['b', 'c'] }] },
      { id: 'e', reasons: [{ kind: 'blocked', by: ['b'] }, { kind: 'not-before' }] },
    ]);
  });

  it('names the time before which it must not start', () => {
    const tasks = [{ id: 1, duration: 5, notBefore: 7 }];
    expect(waitsOf({ tasks, workers: 4 })).toEqual([
      { id: '1', readyAt: 7, reasons: [{ kind: 'not-before' }] },
    ]);
  });

  it('is explained among 100,000 others', () => {
    const tasks = Array.from({ length: 100_000 }, (_, id) => ({ id, duration: 1 + (id % 7) }));
    expect(waitsOf({ tasks, workers: 8 })).toHaveLength(100_000 - 8);
  });
});

it('refuses to explain a plan of other tasks', () => {
  const plan = planNow({ tasks: [{ id: 'a' }], workers: 1 });
  expect(() => explainPlan({ tasks: [{ id: 'b' }], workers: 1 }, plan)).toThrow(/"a"/);
});
