import type { PlanProblem, PlanRequest, PlanTask } from '../domain/plan.ts';
import { PRIORITIES, type Priority } from '../domain/task.ts';
import { findCycles } from './cycles.ts';
import type { Instance } from './instance.ts';
import { inOrder } from './order.ts';
import { PlanError } from './plan-error.ts';
import { formProblems } from './request-check.ts';
import { at, type Rows, rowOf, toRows } from './sparse.ts';
import { matchWorkers } from './workers.ts';

/** A medium task: what is assumed where a duration is absent and there is no history; minutes. */
const PRIOR_MINUTES = 60;

/** Turns a request into numbers. Throws PlanError with every problem at once. */
export function readRequest(request: PlanRequest): Instance {
  const malformed = formProblems(request);
  if (malformed.length > 0) throw new PlanError(malformed);
  const tasks = request.tasks.toSorted((a, b) => compareTexts(String(a.id), String(b.id)));
  const ids = tasks.map((task) => String(task.id));
  const index = new Map(ids.map((id, number) => [id, number]));
  const problems = duplicates(ids);
  const blockers = readBlockers(tasks, index, problems);
  const matched = matchWorkers(request, tasks);
  problems.push(...matched.problems);
  const dependents = turned(blockers);
  problems.push(...cycles({ blockers, dependents, ids }));
  if (problems.length > 0) throw new PlanError(problems);
  return {
    count: tasks.length,
    ids,
    duration: Float64Array.from(tasks, (task) => task.duration ?? PRIOR_MINUTES),
    tier: Float64Array.from(tasks, (task) => tierOf(task.priority)),
    blockers,
    dependents,
    ...readKeys(tasks),
    ...matched.instance,
  };
}

/** Numbers by size and first, as issues are; other ids by code units. */
function compareTexts(a: string, b: string): number {
  const [left, right] = [DIGITS.test(a), DIGITS.test(b)];
  if (left && right && a !== b) return Number(a) - Number(b) || (a < b ? -1 : 1);
  if (left !== right) return left ? -1 : 1;
  return a < b ? -1 : a > b ? 1 : 0;
}

const DIGITS = /^\d{1,15}$/;

/** The words are the tiers 0 to 3, so that numbers fit between and beyond; absent is medium. */
const tierOf = (priority: Priority | number = 'medium'): number =>
  typeof priority === 'number' ? priority : PRIORITIES.indexOf(priority);

function duplicates(ids: readonly string[]): PlanProblem[] {
  const twice = new Set(ids.filter((id, number) => number > 0 && ids[number - 1] === id));
  return [...twice].map((id) => ({
    kind: 'duplicate-id',
    id,
    message: `the id ${JSON.stringify(id)} occurs more than once`,
  }));
}

function readBlockers(
  tasks: readonly PlanTask[],
  index: ReadonlyMap<string, number>,
  problems: PlanProblem[],
): Rows {
  const rows: number[] = [];
  const items: number[] = [];
  tasks.forEach((task, row) => {
    for (const dependency of new Set((task.deps ?? []).map(String))) {
      const item = index.get(dependency);
      if (item === undefined) problems.push(unknownDependency(String(task.id), dependency));
      else {
        rows.push(row);
        items.push(item);
      }
    }
  });
  return toRows(tasks.length, { rows: Int32Array.from(rows), items: Int32Array.from(items) });
}

function unknownDependency(id: string, dependency: string): PlanProblem {
  const message = `${JSON.stringify(id)} depends on ${JSON.stringify(dependency)}, which is no task`;
  return { kind: 'unknown-dependency', id, dependency, message };
}

/** The same pairs with rows and items exchanged. */
function turned({ start, items }: Rows): Rows {
  const rows = new Int32Array(items.length);
  for (let row = 0; row + 1 < start.length; row++) rows.fill(row, at(start, row), at(start, row + 1));
  return toRows(start.length - 1, { rows: items, items: rows });
}

/** What an order by dependencies leaves over holds every cycle; mostly there is none, and nothing more to do. */
function cycles(given: { blockers: Rows; dependents: Rows; ids: readonly string[] }): PlanProblem[] {
  const { blockers, dependents, ids } = given;
  const done = new Set(inOrder(blockers, dependents));
  if (done.size === ids.length) return [];
  const left = ids.map((_, node) => node).filter((node) => !done.has(node));
  const edges = left.flatMap((from) => [...rowOf(blockers, from)].map((to) => ({ from, to })));
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

function readKeys(tasks: readonly PlanTask[]): Pick<Instance, 'keys' | 'keyCount'> {
  const numbers = new Map<string, number>();
  const rows: number[] = [];
  const items: number[] = [];
  tasks.forEach((task, row) => {
    for (const key of [...new Set(task.exclusiveKeys)].sort()) {
      const number = numbers.get(key) ?? numbers.size;
      numbers.set(key, number);
      rows.push(row);
      items.push(number);
    }
  });
  const keys = toRows(tasks.length, { rows: Int32Array.from(rows), items: Int32Array.from(items) });
  return { keys, keyCount: numbers.size };
}
