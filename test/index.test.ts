import { expect, it } from 'vitest';
import * as heddle from '../src/index.ts';

it('gives programs the planner and the reader of dependencies', () => {
  expect(Object.keys(heddle).sort()).toEqual([
    'Dispatcher',
    'PlanError',
    'createDispatcher',
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
    'replan',
  ]);
  const plan = heddle.planNow({ tasks: [{ id: 1 }, { id: 2, deps: [1] }], workers: 2 });
  expect(plan.order).toEqual(['1', '2']);
  expect(heddle.createDispatcher({ tasks: [{ id: 1 }], workers: 2 }).start()).toEqual([
    { id: '1', worker: 'w1' },
  ]);
  expect(heddle.parseDependencies('Depends on #1')).toMatchObject([{ number: 1 }]);
});
