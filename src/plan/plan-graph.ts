import type { PlanProblem, PlanRequest, PlanTask } from '../domain/plan.ts';
import { PRIORITIES } from '../domain/task.ts';
import { findCycles } from './cycles.ts';
import { PlanError } from './plan-error.ts';
import { workerProblems } from './plan-workers.ts';

/** A medium task, in minutes: what is assumed where nothing is known. */
export const DEFAULT_MINUTES = 60;

/** A checked request with its ids interned: tasks are 0 … n − 1, ascending by id, so that input order does not matter. */
export interface PlanGraph {
  readonly ids: readonly string[];
  readonly tasks: readonly PlanTask[];
  readonly duration: Float64Array;
  readonly tier: Float64Array;
  /** What each task waits for, and what waits for it. */
  readonly before: readonly Int32Array[];
  readonly after: readonly Int32Array[];
  /** Every task after all that it waits for. */
  readonly topological: Int32Array;
}

/** Throws a PlanError with every problem of the request. */
export function planGraph(request: PlanRequest): PlanGraph {
  const tasks = request.tasks.toSorted((a, b) => compareIds(String(a.id), String(b.id)));
  const ids = tasks.map((task) => String(task.id));
  const index = new Map(ids.map((id, place) => [id, place]));
  const problems = [...taskProblems(tasks, ids, index), ...workerProblems(request)];
  if (problems.length > 0) throw new PlanError([...problems, ...cycleProblems(tasks, ids, index)]);
  const before = tasks.map((task) =>
    Int32Array.from(new Set((task.deps ?? []).map((id) => index.get(String(id)) ?? -1))),
  );
  const after = reversed(before);
  const topological = kahn(before, after);
  if (topological.length < tasks.length) throw new PlanError(cycleProblems(tasks, ids, index));
  return { ids, tasks, before, after, topological, ...numbersOf(tasks) };
}

function numbersOf(tasks: readonly PlanTask[]): Pick<PlanGraph, 'duration' | 'tier'> {
  return {
    duration: Float64Array.from(tasks, (task) => task.duration ?? DEFAULT_MINUTES),
    tier: Float64Array.from(tasks, (task) => tierOf(task.priority)),
  };
}

const tierOf = (priority: PlanTask['priority'] = 'medium'): number =>
  typeof priority === 'number' ? priority : PRIORITIES.indexOf(priority);

/** Numbers as numbers, so that #9 comes before #10; everything else by code unit. */
function compareIds(a: string, b: string): number {
  const [x, y] = [Number(a), Number(b)];
  if (Number.isFinite(x) && Number.isFinite(y) && x !== y) return x - y;
  return a < b ? -1 : a > b ? 1 : 0;
}

function taskProblems(
  tasks: readonly PlanTask[],
  ids: readonly string[],
  index: ReadonlyMap<string, number>,
): PlanProblem[] {
  return tasks.flatMap((task, place) => {
    const id = ids[place] ?? '';
    const duplicate = ids[place - 1] === id ? [duplicateProblem(id)] : [];
    const unknown = (task.deps ?? []).filter((dependency) => !index.has(String(dependency)));
    return [
      ...duplicate,
      ...unknown.map((dependency) => unknownProblem(id, String(dependency))),
      ...numberProblems(id, task),
    ];
  });
}

const duplicateProblem = (id: string): PlanProblem => ({
  kind: 'duplicate-id',
  id,
  message: `Two tasks have the id ${JSON.stringify(id)}; give each its own.`,
});

const unknownProblem = (id: string, dependency: string): PlanProblem => ({
  kind: 'unknown-dependency',
  id,
  dependency,
  message: `Task ${JSON.stringify(id)} depends on ${JSON.stringify(dependency)}, which is not among the tasks.`,
});

function numberProblems(id: string, task: PlanTask): PlanProblem[] {
  const wrong = (path: string, value: unknown, want: string): PlanProblem => ({
    kind: 'invalid',
    path: `tasks[${JSON.stringify(id)}].${path}`,
    message: `Task ${JSON.stringify(id)} has ${path} ${String(value)}; it must be ${want}.`,
  });
  const problems: PlanProblem[] = [];
  const { duration, priority } = task;
  if (duration !== undefined && !(Number.isFinite(duration) && duration >= 0 && duration <= MOST_MINUTES)) {
    problems.push(wrong('duration', duration, `a number of minutes from 0 to ${MOST_MINUTES}`));
  }
  const known =
    typeof priority === 'number'
      ? Number.isFinite(priority)
      : priority === undefined || PRIORITIES.includes(priority);
  if (!known)
    problems.push(wrong('priority', priority, `a finite number or one of ${PRIORITIES.join(', ')}`));
  return problems;
}

/** Sums of a million durations stay exact enough below this. */
const MOST_MINUTES = 1e9;

function cycleProblems(
  tasks: readonly PlanTask[],
  ids: readonly string[],
  index: ReadonlyMap<string, number>,
): PlanProblem[] {
  const edges = tasks.flatMap((task, from) =>
    (task.deps ?? []).flatMap((id) => ({ from, to: index.get(String(id)) ?? -1 })),
  );
  return findCycles(edges.filter(({ to }) => to >= 0)).map((circle) => {
    const path = circle.path.map((place) => ids[place] ?? '');
    return {
      kind: 'cycle',
      path,
      message: `These tasks wait for each other in a circle: ${shown(path)}. Remove one of the dependencies.`,
    };
  });
}

const shown = (path: readonly string[]): string =>
  path.length <= 12
    ? path.join(' → ')
    : [...path.slice(0, 10), `… ${path.length - 11} more …`, path.at(-1)].join(' → ');

function reversed(before: readonly Int32Array[]): readonly Int32Array[] {
  const after: number[][] = before.map(() => []);
  before.forEach((blockers, task) => {
    for (const blocker of blockers) after[blocker]?.push(task);
  });
  return after.map((dependents) => Int32Array.from(dependents));
}

function kahn(before: readonly Int32Array[], after: readonly Int32Array[]): Int32Array {
  const waits = Int32Array.from(before, (blockers) => blockers.length);
  const order: number[] = [];
  waits.forEach((count, task) => {
    if (count === 0) order.push(task);
  });
  for (const task of order) {
    for (const dependent of after[task] ?? []) {
      const left = (waits[dependent] ?? 0) - 1;
      waits[dependent] = left;
      if (left === 0) order.push(dependent);
    }
  }
  return Int32Array.from(order);
}
