import type { CodePackage } from '../../domain/code-map.ts';
import type { PlanTask } from '../../domain/plan.ts';
import type { Diagnostic } from '../../domain/ports/providers.ts';
import { tierOf } from '../request/read-tasks.ts';

/** Errors of each package that has some, by name; a file belongs to the innermost package around it. */
export function errorsByPackage(
  diagnostics: readonly Diagnostic[],
  packages: readonly CodePackage[],
): ReadonlyMap<string, number> {
  const byDirectory = new Map(packages.map(({ directory, name }) => [directory, name]));
  const errors = new Map<string, number>();
  for (const { path, severity } of diagnostics) {
    const name = path === null || severity !== 'error' ? undefined : packageAround(path, byDirectory);
    if (name !== undefined) errors.set(name, (errors.get(name) ?? 0) + 1);
  }
  return errors;
}

function packageAround(path: string, byDirectory: ReadonlyMap<string, string>): string | undefined {
  let directory = path;
  while (directory !== '') {
    directory = directory.slice(0, Math.max(0, directory.lastIndexOf('/')));
    const name = byDirectory.get(directory);
    if (name !== undefined) return name;
  }
  return undefined;
}

/** A ranking of packages: the one with the most errors first, of equals by name; those without errors are absent. */
export function rankPackages(errors: ReadonlyMap<string, number>): readonly string[] {
  const broken = [...errors].filter(([, count]) => count > 0);
  return broken.sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([name]) => name);
}

/** The tiers of `low`, `medium`, `high` and `critical` lie one apart: less than this keeps within a tier. */
const SHARE = 0.5;

/**
 * The same tasks, those in packages with errors first within their tier: a task's priority becomes a number that is
 * higher the more errors its worst package has. A blocker still goes before what waits for it. What people begin on a
 * broken package is wasted, and everybody else's checks fail with it.
 */
export function errorsFirst(
  tasks: readonly PlanTask[],
  {
    packagesOf,
    errors,
  }: {
    /** Names of the packages that a task is likely to change. */
    readonly packagesOf: (task: PlanTask) => readonly string[];
    readonly errors: ReadonlyMap<string, number>;
  },
): readonly PlanTask[] {
  const ranked = rankPackages(errors);
  const place = new Map(ranked.map((name, at) => [name, at]));
  return tasks.map((task) => {
    const places = packagesOf(task).flatMap((name) => place.get(name) ?? []);
    if (places.length === 0) return task;
    const best = places.reduce((a, b) => Math.min(a, b));
    return { ...task, priority: tierOf(task.priority) + (SHARE * (ranked.length - best)) / ranked.length };
  });
}
