import { expect, it } from 'vitest';
import * as heddle from '../src/index.ts';

it('gives programs the planner and the reader of dependencies', () => {
  expect(Object.keys(heddle).sort()).toEqual([
    'PlanError',
    'createMemoryMetrics',
    'createPlan',
    'createProviders',
    'errorsByPackage',
    'errorsFirst',
    'explainPlan',
    'noMetrics',
    'parseDependencies',
    'planNow',
    'rankPackages',
  ]);
  const plan = heddle.planNow({ tasks: [{ id: 1 }, { id: 2, deps: [1] }], workers: 2 });
  expect(plan.order).toEqual(['1', '2']);
  expect(heddle.parseDependencies('Depends on #1')).toMatchObject([{ number: 1 }]);
});
