import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planNow } from '../../src/plan/plan-now.ts';
import { planAlong, replan } from '../../src/plan/replan.ts';
import { requests } from '../support/plan-requests.ts';
import { faultsOf } from '../support/schedule-checker.ts';

describe('planning again', () => {
  it('keeps every rule, is no longer than planning at once, and keeps an order that nothing is shorter than', () => {
    fc.assert(
      fc.property(requests, fc.nat(30), (request, gone) => {
        const before = planNow({ ...request, tasks: request.tasks.slice(0, gone) });
        const plan = replan(request, before.order);
        expect(faultsOf(request, plan)).toEqual([]);
        expect(plan.makespan).toBeLessThanOrEqual(planNow(request).makespan * (1 + 1e-9));
        const again = replan(request, plan.order);
        expect([again.order, again.makespan]).toEqual([plan.order, plan.makespan]);
      }),
    );
  });

  it('puts a new task where its rank belongs, and leaves the others as they were', () => {
    const tasks = [60, 40, 20].map((duration, index) => ({ id: index + 1, duration }));
    const order = [3, 2, 1];
    expect(planAlong({ tasks, workers: 1 }, order).order).toEqual(['3', '2', '1']);
    const more = [...tasks, { id: 4, duration: 30 }];
    expect(replan({ tasks: more, workers: 1 }, order).order).toEqual(['4', '3', '2', '1']);
    const urgent = [...tasks, { id: 5, duration: 5, priority: 'critical' as const, deps: [2] }];
    expect(replan({ tasks: urgent, workers: 1 }, order).order).toEqual(['2', '5', '3', '1']);
  });
});
