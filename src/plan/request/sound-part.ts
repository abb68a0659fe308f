import type { PlanProblem, PlanRequest, PlanTask } from '../../domain/plan.ts';
import {
  checkAmounts,
  checkCapacity,
  checkWorkers,
  isId,
  isRecord,
  type Raw,
  TASK_FIELDS,
} from './request-check.ts';

/**
 * What has the right form in a request that has not: so that cycles, unknown ids and the like are found in the same look.
 * What cannot be known any more is left out: no problem is made up.
 */
export function soundPart(request: PlanRequest): PlanRequest {
  const given: unknown = request;
  const { tasks, workers, capacity }: Raw = isRecord(given) ? given : {};
  const hasWorkers = isSound((problems) => checkWorkers(workers, problems));
  const listed: readonly unknown[] = Array.isArray(tasks) ? tasks : [];
  const hasCapacity = isSound((problems) => checkCapacity(capacity, listed.length, problems));
  return {
    tasks: listed.flatMap((task) => (isRecord(task) && isId(task.id) ? [soundTask(task, hasWorkers)] : [])),
    workers: hasWorkers ? request.workers : 1,
    ...(hasCapacity && request.capacity !== undefined ? { capacity: request.capacity } : {}),
  };
}

function isSound(check: (problems: PlanProblem[]) => void): boolean {
  const problems: PlanProblem[] = [];
  check(problems);
  return problems.length === 0;
}

/** What only some workers can do says nothing where the workers are not known. */
const OF_WORKERS: readonly string[] = ['requires', 'runningOn'];

function soundTask(task: Raw, hasWorkers: boolean): PlanTask {
  const sound: Record<string, unknown> = {};
  for (const [name, check] of Object.entries(TASK_FIELDS))
    if ((hasWorkers || !OF_WORKERS.includes(name)) && task[name] !== undefined && check(task[name]) === null)
      sound[name] = task[name];
  if (Array.isArray(task.deps)) sound.deps = task.deps.filter(isId);
  if (isSound((problems) => checkAmounts(task.demand, '', problems))) sound.demand = task.demand;
  // Every field was checked above.
  return sound as unknown as PlanTask;
}
