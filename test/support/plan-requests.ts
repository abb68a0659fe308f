import fc from 'fast-check';
import type { PlanProblem, PlanRequest, PlanTask } from '../../src/domain/plan.ts';
import { PlanError } from '../../src/plan/plan-error.ts';
import { planNow } from '../../src/plan/plan-now.ts';

const KEYS = ['a', 'b', 'c', '__proto__'];
const NAMES = ['gpu', 'web', 'constructor'];

/** Requests of every kind: each task may wait for tasks made before it, so there is no cycle. */
export const requests: fc.Arbitrary<PlanRequest> = fc
  .record({
    raw: fc.array(
      fc.record({
        duration: fc.option(
          fc.oneof(fc.integer({ min: 0, max: 9 }), fc.double({ min: 0, max: 9, noNaN: true })),
          { nil: null },
        ),
        deps: fc.array(fc.nat(30), { maxLength: 3 }),
        exclusiveKeys: fc.subarray(KEYS, { maxLength: 2 }),
        priority: fc.option(
          fc.oneof(fc.constantFrom('low' as const, 'high' as const, 'critical' as const), fc.integer()),
          { nil: null },
        ),
        requires: fc.subarray(NAMES, { maxLength: 1 }),
        cpu: fc.oneof(fc.constantFrom(0, 1, 2), fc.double({ min: 0, max: 4, noNaN: true })),
      }),
      { maxLength: 25 },
    ),
    workers: fc.oneof(fc.integer({ min: 1, max: 5 }), workersWith()),
    limited: fc.boolean(),
  })
  .map(({ raw, workers, limited }) => ({
    tasks: raw.map((task, index) => taskFrom(task, index, typeof workers !== 'number')),
    workers,
    ...(limited ? { capacity: { cpu: 4 } } : {}),
  }));

function workersWith() {
  const some = fc.array(
    fc.record({ capabilities: fc.subarray(NAMES), slots: fc.integer({ min: 1, max: 2 }) }),
    { maxLength: 3 },
  );
  return some.map((list) => [
    { id: 'all', capabilities: NAMES },
    ...list.map((worker, index) => ({ id: `w${index}`, ...worker })),
  ]);
}

interface RawTask {
  readonly duration: number | null;
  readonly deps: readonly number[];
  readonly exclusiveKeys: readonly string[];
  readonly priority: 'low' | 'high' | 'critical' | number | null;
  readonly requires: readonly string[];
  readonly cpu: number;
}

function taskFrom(raw: RawTask, index: number, capable: boolean): PlanTask {
  return {
    id: `t${index}`,
    deps: index === 0 ? [] : raw.deps.map((dep) => `t${dep % index}`),
    exclusiveKeys: raw.exclusiveKeys,
    demand: { cpu: raw.cpu },
    ...(capable ? { requires: raw.requires } : {}),
    ...(raw.duration === null ? {} : { duration: raw.duration }),
    ...(raw.priority === null ? {} : { priority: raw.priority }),
  };
}

/** What the planner says against a request of any form, as a file may hold it; empty: it plans it. */
export function problemsOf(request: unknown): readonly PlanProblem[] {
  try {
    planNow(request as PlanRequest);
  } catch (error) {
    if (error instanceof PlanError) return error.problems;
    throw error;
  }
  return [];
}
