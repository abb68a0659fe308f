import type { PlanProblem, PlanRequest, PlanTask, PlanWorker } from '../../domain/plan.ts';
import { PRIORITIES } from '../../domain/task.ts';

/** About 1,900 years in minutes: sums of a million such durations are still exact to a microsecond. */
const MOST_MINUTES = 1e9;
const MOST_WORKERS = 1e6;
const MOST_AMOUNT = 1e15;
/** Resources times tasks: what is left of each resource is looked at for each task, which takes some seconds then. */
const MOST_LOOKS = 1e7;

/** Everything in a request that has not the form of CONTRACT; the rest can rely on the types. */
export function formProblems(request: PlanRequest): PlanProblem[] {
  const given: unknown = request;
  if (!isRecord(given)) return [invalid('', 'the request must be an object')];
  const { tasks, workers, capacity } = given;
  const problems: PlanProblem[] = [];
  const listed: readonly unknown[] = Array.isArray(tasks) ? tasks : [];
  if (listed !== tasks) problems.push(invalid('tasks', 'must be a list'));
  for (const [index, task] of listed.entries())
    if (!isSound(task)) checkTask(task, `tasks[${index}]`, problems);
  checkWorkers(workers, problems);
  if (capacity !== undefined) checkCapacity(capacity, listed.length, problems);
  return problems;
}

export function checkCapacity(capacity: unknown, tasks: number, problems: PlanProblem[]): void {
  checkAmounts(capacity, 'capacity', problems);
  const resources = isRecord(capacity) ? Object.keys(capacity).length : 0;
  if (resources > 1 && resources * tasks > MOST_LOOKS) {
    const most = Math.max(1, Math.floor(MOST_LOOKS / tasks));
    problems.push(
      invalid('capacity', `must name at most ${most} resources for ${tasks} tasks, but names ${resources}`),
    );
  }
}

export const isRecord = (value: unknown): value is Raw =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const invalid = (path: string, what: string): PlanProblem => ({
  kind: 'invalid',
  path,
  message: path === '' ? what : `${path} ${what}`,
});

/** A value of unknown form: every name that is asked for may be there. */
export interface Raw {
  readonly [name: string]: unknown;
  readonly id?: unknown;
  readonly title?: unknown;
  readonly duration?: unknown;
  readonly deps?: unknown;
  readonly exclusiveKeys?: unknown;
  readonly priority?: unknown;
  readonly requires?: unknown;
  readonly notBefore?: unknown;
  readonly runningOn?: unknown;
  readonly demand?: unknown;
  readonly tasks?: unknown;
  readonly workers?: unknown;
  readonly capacity?: unknown;
}

/** Whether there is nothing to say about a task: a fast look, so that a million right tasks cost little. */
function isSound(task: unknown): boolean {
  if (!isRecord(task)) return false;
  const { id, title, duration, deps, exclusiveKeys, priority, requires, demand, notBefore, runningOn } = task;
  return (
    isId(id) &&
    (duration === undefined || isAmount(duration, MOST_MINUTES)) &&
    (deps === undefined || (Array.isArray(deps) && deps.every(isId))) &&
    (title === undefined || isText(title)) &&
    (exclusiveKeys === undefined || (Array.isArray(exclusiveKeys) && exclusiveKeys.every(isText))) &&
    priority === undefined &&
    requires === undefined &&
    demand === undefined &&
    notBefore === undefined &&
    runningOn === undefined
  );
}

type Fields<T> = { readonly [K in keyof T]-?: (value: unknown) => string | null };

export const isId = (value: unknown): boolean =>
  (typeof value === 'string' && value !== '') || (typeof value === 'number' && Number.isFinite(value));
const listOf = (value: unknown, fits: (item: unknown) => boolean, what: string): string | null =>
  Array.isArray(value) && value.every(fits) ? null : `must be a list of ${what}`;
const isText = (value: unknown): boolean => typeof value === 'string';

export const TASK_FIELDS: Fields<Omit<PlanTask, 'demand'>> = {
  id: (value) => (isId(value) ? null : `must be a text or a finite number, but is ${shown(value)}`),
  title: (value) => (isText(value) ? null : 'must be a text'),
  duration: minutesProblem,
  deps: (value) => listOf(value, isId, 'ids'),
  exclusiveKeys: (value) => listOf(value, isText, 'texts'),
  priority: (value) =>
    isPriority(value) ? null : `must be ${PRIORITIES.join(', ')} or a number, but is ${shown(value)}`,
  requires: (value) => listOf(value, isText, 'texts'),
  notBefore: minutesProblem,
  runningOn: (value) => (isText(value) ? null : `must be the id of a worker, but is ${shown(value)}`),
};

const WORKER_FIELDS: Fields<PlanWorker> = {
  id: (value) => (isText(value) && value !== '' ? null : `must be a text, but is ${shown(value)}`),
  capabilities: (value) => listOf(value, isText, 'texts'),
  slots: (value) =>
    isCount(value) ? null : `must be a whole number from 1 to ${MOST_WORKERS}, but is ${shown(value)}`,
};

function minutesProblem(value: unknown): string | null {
  if (isAmount(value, MOST_MINUTES)) return null;
  return `must be 0 to ${MOST_MINUTES} minutes, but is ${shown(value)}`;
}

function isAmount(value: unknown, most: number): boolean {
  return typeof value === 'number' && value >= 0 && value <= most;
}
const isCount = (value: unknown): boolean =>
  Number.isInteger(value) && isAmount(value, MOST_WORKERS) && value !== 0;
const isPriority = (value: unknown): boolean =>
  typeof value === 'number' ? Number.isFinite(value) : PRIORITIES.some((known) => known === value);

function checkTask(task: unknown, path: string, problems: PlanProblem[]): void {
  if (!isRecord(task)) {
    problems.push(invalid(path, `must be an object, but is ${shown(task)}`));
    return;
  }
  problems.push(...fieldProblems(task, path, TASK_FIELDS));
  if (task.demand !== undefined) checkAmounts(task.demand, `${path}.demand`, problems);
}

export function checkWorkers(workers: unknown, problems: PlanProblem[]): void {
  if (isCount(workers)) return;
  if (!Array.isArray(workers) || workers.length === 0) {
    const what = `must be a whole number from 1 to ${MOST_WORKERS}, or a list of workers, but is ${shown(workers)}`;
    problems.push(invalid('workers', what));
    return;
  }
  const seen = new Set<unknown>();
  workers.forEach((worker: unknown, index) => {
    const path = `workers[${index}]`;
    if (!isRecord(worker)) problems.push(invalid(path, `must be an object, but is ${shown(worker)}`));
    else
      problems.push(...fieldProblems(worker, path, WORKER_FIELDS), ...secondProblem(worker.id, path, seen));
  });
}

function secondProblem(id: unknown, path: string, seen: Set<unknown>): PlanProblem[] {
  if (seen.has(id)) return [invalid(`${path}.id`, `names ${shown(id)} a second time`)];
  seen.add(id);
  return [];
}

/** Every field may be left out, but for the id. */
function fieldProblems(
  value: Raw,
  path: string,
  fields: Readonly<Record<string, (value: unknown) => string | null>>,
): PlanProblem[] {
  return Object.entries(fields).flatMap(([name, check]) => {
    const what = value[name] === undefined && name !== 'id' ? null : check(value[name]);
    return what === null ? [] : [invalid(`${path}.${name}`, what)];
  });
}

export function checkAmounts(value: unknown, path: string, problems: PlanProblem[]): void {
  if (!isRecord(value)) {
    problems.push(invalid(path, 'must be an object of numbers'));
    return;
  }
  for (const [name, amount] of Object.entries(value)) {
    if (!isAmount(amount, MOST_AMOUNT))
      problems.push(invalid(`${path}.${name}`, `must be 0 or more, but is ${shown(amount)}`));
  }
}

function shown(value: unknown): string {
  if (value === undefined) return 'missing';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'function' || typeof value === 'symbol') return `a ${typeof value}`;
  const text = typeof value === 'object' ? (value === null ? 'null' : 'an object') : JSON.stringify(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}
