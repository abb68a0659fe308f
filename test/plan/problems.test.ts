import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { misspeltFields } from '../../src/plan/request/misspelt.ts';
import { problemsOf } from '../support/plan-requests.ts';
import { runs } from '../support/property-runs.ts';

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

  it('are all that any JSON can lead to, but for a plan', () => {
    const some = fc.oneof(
      fc.jsonValue({ maxDepth: 2 }),
      fc.constantFrom(1, 'a', ['a'], { toString: 1, valueOf: 1 }),
    );
    const oddly = (names: readonly string[]) =>
      fc.record(Object.fromEntries(names.map((name) => [name, some])), { requiredKeys: [] });
    const task = oddly([
      'id',
      'title',
      'duration',
      'deps',
      'exclusiveKeys',
      'priority',
      'requires',
      'demand',
    ]);
    const request = fc.record(
      { tasks: fc.oneof(some, fc.array(fc.oneof(task, some))), workers: some, capacity: some },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(fc.oneof(request, some), (given) => {
        for (const { message } of problemsOf(given)) expect(message).not.toMatch(/undefined$|\[object/);
        expect(misspeltFields(given)).toBeInstanceOf(Array);
      }),
      runs(500),
    );
  });

  it('hold the real cycle also where an id occurs twice', () => {
    const tasks = [{ id: 'x' }, { id: 'a', deps: ['b'] }, { id: 'b', deps: ['a'] }, { id: 'b' }];
    expect(problemsOf({ tasks, workers: 1 })).toMatchObject([
      { kind: 'duplicate-id', id: 'b' },
      { kind: 'cycle', path: ['a', 'b', 'a'] },
    ]);
  });
});
