import type { PlanProblem, PlanTask } from '../../domain/plan.ts';
import { ints } from '../graph/arrays.ts';
import type { Instance } from '../graph/instance.ts';
import { gathered, Ints, type Rows } from '../graph/sparse.ts';
import type { NumberedIds } from './number-ids.ts';
import type { Special } from './read-tasks.ts';

/** What each task waits for, each once. Dependencies on no task are added to the problems. */
export function readBlockers(
  given: readonly PlanTask[],
  numbered: NumberedIds,
  problems: PlanProblem[],
): Rows {
  const items = new Ints(2 * given.length);
  const sizes = ints(given.length);
  for (let place = 0; place < given.length; place++) {
    const task = given[place];
    if (task?.deps === undefined) continue;
    const before = items.length;
    addBlockers({ task, deps: task.deps, items, numbered, problems });
    sizes[place] = items.length - before;
  }
  const pieces = { rows: numbered.numbers, sizes, items: items.taken() };
  return gathered(numbered.ids.length, pieces);
}

/** A running task waits for nothing any more. */
function addBlockers(given: {
  readonly task: PlanTask;
  readonly deps: readonly (string | number)[];
  readonly items: Ints;
  readonly numbered: NumberedIds;
  readonly problems: PlanProblem[];
}): void {
  const { task, deps, items, numbered, problems } = given;
  const first = items.length;
  const seen = deps.length > FEW ? new Set<number>() : null;
  for (let at = 0; at < deps.length; at++) {
    const dependency = deps[at] ?? '';
    const blocker = numbered.numberOf(dependency);
    if (blocker < 0) problems.push(unknownDependency(task, String(dependency)));
    else if (task.runningOn !== undefined || (seen ? seen.has(blocker) : items.has(blocker, first))) continue;
    else {
      items.push(blocker);
      seen?.add(blocker);
    }
  }
}

/** Up to so many are compared with each other faster than they are looked up. */
const FEW = 16;

function unknownDependency(task: PlanTask, dependency: string): PlanProblem {
  const id = String(task.id);
  const message = `${JSON.stringify(id)} depends on ${JSON.stringify(dependency)}, which is no task`;
  return { kind: 'unknown-dependency', id, dependency, message };
}

/** Keys are numbered by their names: a task holds its keys in sorted order. */
export function readKeys({ tasks, numbers }: Special, count: number): Pick<Instance, 'keys' | 'keyCount'> {
  const names = new Set<string>();
  for (const { exclusiveKeys } of tasks) for (const key of exclusiveKeys ?? []) names.add(key);
  const numberOf = new Map<string, number>();
  for (const name of [...names].sort()) numberOf.set(name, numberOf.size);
  const items = new Ints(16);
  const sizes = new Int32Array(tasks.length);
  for (const [place, { exclusiveKeys }] of tasks.entries()) {
    if (exclusiveKeys === undefined) continue;
    const own = new Set(exclusiveKeys);
    sizes[place] = own.size;
    for (const key of own.size > 1 ? [...own].sort() : own) items.push(numberOf.get(key) ?? 0);
  }
  const pieces = { rows: Int32Array.from(numbers), sizes, items: items.taken() };
  return { keys: gathered(count, pieces), keyCount: numberOf.size };
}
