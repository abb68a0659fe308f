import type { PlanProblem, PlanRequest, PlanTask } from '../../domain/plan.ts';
import { PRIORITIES, type Priority } from '../../domain/task.ts';
import { findCycles } from '../cycles.ts';
import { priorMinutesOf } from '../estimates/profile.ts';
import type { Instance } from '../graph/instance.ts';
import { inOrder } from '../graph/order.ts';
import { Ints, int, type Rows, rowOf, toRows, turned } from '../graph/sparse.ts';
import { PlanError } from '../plan-error.ts';
import { IdTable } from './id-table.ts';
import { type IdKey, keyOf, sortedIds } from './ids.ts';
import { formProblems } from './request-check.ts';
import { soundPart } from './sound-part.ts';
import { matchWorkers } from './workers.ts';

/** Turns a request into numbers. Throws PlanError with every problem at once. */
export function readRequest(request: PlanRequest): Instance {
  const malformed = formProblems(request);
  if (malformed.length > 0) throw new PlanError([...malformed, ...otherProblems(soundPart(request))]);
  return toInstance(request);
}

/** What is wrong with the part that has the right form. */
function otherProblems(request: PlanRequest): readonly PlanProblem[] {
  try {
    toInstance(request);
  } catch (error) {
    if (error instanceof PlanError) return error.problems;
    throw error;
  }
  return [];
}

function toInstance(request: PlanRequest): Instance {
  const { tasks, ids, repeated, problems, ...places } = numbered(request.tasks);
  const blockers = readBlockers(request.tasks, { tasks, problems, ...places });
  const matched = matchWorkers(request, repeated.length === 0 ? tasks : [...tasks, ...repeated]);
  problems.push(...matched.problems);
  const dependents = turned(blockers);
  problems.push(...cycles({ blockers, dependents, ids }));
  if (problems.length > 0) throw new PlanError(problems);
  return {
    count: tasks.length,
    ids,
    duration: numbersOf(tasks, (task) => task.duration ?? priorMinutesOf(task.title)),
    tier: numbersOf(tasks, (task) => tierOf(task.priority)),
    release: numbersOf(tasks, (task) => (task.runningOn === undefined ? (task.notBefore ?? 0) : 0)),
    blockers,
    dependents,
    ...readKeys(tasks),
    ...matched.instance,
  };
}

function numbersOf(tasks: readonly PlanTask[], read: (task: PlanTask) => number): Float64Array {
  const numbers = new Float64Array(tasks.length);
  for (const [number, task] of tasks.entries()) numbers[number] = read(task);
  return numbers;
}

/** The words are the tiers 0 to 3, so that numbers fit between and beyond; absent is medium. */
export const tierOf = (priority: Priority | number = 'medium'): number =>
  typeof priority === 'number' ? priority : PRIORITIES.indexOf(priority);

interface Numbered {
  /** In the order of their ids. */
  readonly tasks: readonly PlanTask[];
  readonly ids: readonly string[];
  /** Each id once, as in the input; and the number of each of those. */
  readonly table: IdTable;
  readonly numberOf: Int32Array;
  /** Tasks whose ids others have before them: what else is wrong with them is said too. */
  readonly repeated: readonly PlanTask[];
  readonly problems: PlanProblem[];
}

function numbered(given: readonly PlanTask[]): Numbered {
  const table = new IdTable(given.length);
  const first: PlanTask[] = [];
  const repeated: PlanTask[] = [];
  const twice = new Set<IdKey>();
  for (const task of given) {
    const key = keyOf(task.id);
    if (table.add(key)) first.push(task);
    else {
      twice.add(key);
      repeated.push(task);
    }
  }
  const keys = sortedIds(table.keys);
  const numberOf = new Int32Array(keys.length);
  const tasks: PlanTask[] = [];
  for (let number = 0; number < keys.length; number++) {
    const place = table.placeOf(keys[number] ?? '');
    const task = first[place];
    numberOf[place] = number;
    if (task !== undefined) tasks.push(task);
  }
  const problems = sortedIds(twice).map((key) => duplicate(String(key)));
  return { tasks, ids: keys.map(String), table, numberOf, repeated, problems };
}

const duplicate = (id: string): PlanProblem => ({
  kind: 'duplicate-id',
  id,
  message: `the id ${JSON.stringify(id)} occurs more than once`,
});

/** In the order of the input: its texts lie side by side in memory. A running task waits for nothing any more. */
function readBlockers(
  given: readonly PlanTask[],
  { tasks, table, numberOf, problems }: Pick<Numbered, 'tasks' | 'table' | 'numberOf' | 'problems'>,
): Rows {
  const rows = new Ints(tasks.length);
  const items = new Ints(tasks.length);
  const seenFor = new Int32Array(tasks.length).fill(-1);
  for (let index = 0; index < given.length; index++) {
    const task = given[index];
    if (task?.deps === undefined) continue;
    const row = int(numberOf, table.placeOf(keyOf(task.id)));
    for (const dependency of task.deps) {
      const place = table.placeOf(keyOf(dependency));
      if (place < 0) problems.push(unknownDependency(task, String(dependency)));
      else if (int(seenFor, place) !== index && task.runningOn === undefined) {
        seenFor[place] = index;
        rows.push(row);
        items.push(int(numberOf, place));
      }
    }
  }
  return toRows(tasks.length, { rows: rows.taken(), items: items.taken() });
}

function unknownDependency(task: PlanTask, dependency: string): PlanProblem {
  const id = String(task.id);
  const message = `${JSON.stringify(id)} depends on ${JSON.stringify(dependency)}, which is no task`;
  return { kind: 'unknown-dependency', id, dependency, message };
}

/** What an order by dependencies leaves over holds every cycle; mostly there is none, and nothing more to do. */
function cycles(given: { blockers: Rows; dependents: Rows; ids: readonly string[] }): PlanProblem[] {
  const { blockers, dependents, ids } = given;
  const ordered = inOrder(blockers, dependents);
  if (ordered.length === ids.length) return [];
  const done = new Set(ordered);
  const left = ids.map((_, node) => node).filter((node) => !done.has(node));
  const edges = left.flatMap((from) => Array.from(rowOf(blockers, from), (to) => ({ from, to })));
  return findCycles(edges).map((circle) => {
    const path = circle.path.flatMap((node) => ids.slice(node, node + 1));
    return {
      kind: 'cycle',
      path,
      message: `these tasks wait for each other: ${shortened(path).join(' → ')}`,
    };
  });
}

const shortened = (path: readonly string[]): readonly string[] =>
  path.length <= 20 ? path : [...path.slice(0, 10), `… ${path.length - 19} more …`, ...path.slice(-9)];

/** Keys are numbered by their names: a task holds its keys in sorted order. */
function readKeys(tasks: readonly PlanTask[]): Pick<Instance, 'keys' | 'keyCount'> {
  const names = new Set<string>();
  for (const { exclusiveKeys } of tasks) for (const key of exclusiveKeys ?? []) names.add(key);
  const numberOf = new Map<string, number>();
  for (const name of [...names].sort()) numberOf.set(name, numberOf.size);
  const rows = new Ints(16);
  const items = new Ints(16);
  for (const [row, { exclusiveKeys }] of tasks.entries()) {
    if (exclusiveKeys === undefined || exclusiveKeys.length === 0) continue;
    for (const key of [...new Set(exclusiveKeys)].sort()) {
      rows.push(row);
      items.push(numberOf.get(key) ?? 0);
    }
  }
  const keys = toRows(tasks.length, { rows: rows.taken(), items: items.taken() });
  return { keys, keyCount: numberOf.size };
}
