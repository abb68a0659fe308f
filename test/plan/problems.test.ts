import { describe, expect, it } from 'vitest';
import type { PlanProblem, PlanRequest } from '../../src/domain/plan.ts';
import { PlanError } from '../../src/plan/plan-error.ts';
import { planNow } from '../../src/plan/plan-now.ts';

function problemsOf(request: unknown): readonly PlanProblem[] {
  try {
    // What a file holds has any form.
    planNow(request as PlanRequest);
  } catch (error) {
    if (error instanceof PlanError) return error.problems;
    throw error;
  }
  return [];
}

describe('problems of a request', () => {
  it('are all named at once, of whatever kind', () => {
    const tasks = [
      { id: 'a', deps: ['b'] },
      { id: 'b', deps: ['a'] },
      { id: 'c', deps: ['zz', null], duration: -1 },
      { id: 'd', requires: ['gpu'] },
      { id: 'd', demand: { cpu: 9 } },
      { duration: 5 },
      7,
    ];
    const problems = problemsOf({ tasks, workers: 2, capacity: { cpu: 8 } });
    expect(problems.map((each) => (each.kind === 'invalid' ? each.path : each.kind))).toEqual([
      'tasks[2].duration',
      'tasks[2].deps',
      'tasks[5].id',
      'tasks[6]',
      'duplicate-id',
      'unknown-dependency',
      'unmet-requirement',
      'unmet-requirement',
      'cycle',
    ]);
  });

  it('are not made up of what is not known', () => {
    const tasks = [{ id: 'a', requires: ['gpu'], demand: { cpu: 9 }, runningOn: 'w' }];
    expect(problemsOf({ tasks, workers: [{ id: 'w', slots: 0 }], capacity: { cpu: 'x' } })).toMatchObject([
      { path: 'workers[0].slots' },
      { path: 'capacity.cpu' },
    ]);
  });

  it('hold the real cycle also where an id occurs twice', () => {
    const tasks = [{ id: 'x' }, { id: 'a', deps: ['b'] }, { id: 'b', deps: ['a'] }, { id: 'b' }];
    expect(problemsOf({ tasks, workers: 1 })).toMatchObject([
      { kind: 'duplicate-id', id: 'b' },
      { kind: 'cycle', path: ['a', 'b', 'a'] },
    ]);
  });
});
