import { describe, expect, test } from 'vitest';
import type { PlanTask } from '../../../src/domain/plan.ts';
import type { Diagnostic } from '../../../src/domain/ports/providers.ts';
import { errorsByPackage, errorsFirst, rankPackages } from '../../../src/plan/diagnostics/errors-first.ts';
import { planNow } from '../../../src/plan/plan-now.ts';

const at = (path: string | null, severity: Diagnostic['severity'] = 'error'): Diagnostic => ({
  path,
  line: path === null ? null : 1,
  severity,
  code: 'TS1',
  message: 'no',
});

const packages = ['', 'packages/a', 'packages/a/inner', 'packages/b'].map((directory) => ({
  name: directory || 'root',
  directory,
  manifest: `${directory}/package.json`,
  dependencies: [],
}));

describe('errors', () => {
  test('belong to the innermost package around their file; warnings do not count', () => {
    const found = [
      at('packages/a/x.ts'),
      at('packages/a/y.ts'),
      at('packages/a/inner/x.ts'),
      at('tool.ts'),
      at(null),
      at('packages/b/x.ts', 'warning'),
    ];
    const errors = errorsByPackage(found, packages);
    expect(errors).toEqual(
      new Map([
        ['packages/a', 2],
        ['packages/a/inner', 1],
        ['root', 1],
      ]),
    );
    expect(rankPackages(errors)).toEqual(['packages/a', 'packages/a/inner', 'root']);
  });

  test('put tasks of broken packages first, within their tier only', () => {
    const errors = new Map([
      ['a', 5],
      ['b', 9],
    ]);
    const packagesOf = ({ title = '' }: PlanTask) => title.split(' ');
    const tasks: PlanTask[] = [
      { id: 1, title: 'c', duration: 10 },
      { id: 2, title: 'a', duration: 10 },
      { id: 3, title: 'a b', duration: 10 },
      { id: 4, title: 'c', duration: 10, priority: 'high' },
      { id: 5, title: 'b', duration: 10, priority: 'low' },
    ];
    const order = (given: readonly PlanTask[]) => planNow({ tasks: given, workers: 1 }).order;
    expect(order(tasks)).toEqual(['4', '1', '2', '3', '5']);
    expect(order(errorsFirst(tasks, { packagesOf, errors }))).toEqual(['4', '3', '2', '1', '5']);
    expect(errorsFirst(tasks, { packagesOf, errors: new Map() })).toEqual(tasks);
  });
});
