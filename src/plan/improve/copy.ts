import type { PlanRequest, PlanTask, PlanWorker } from '../../domain/plan.ts';

/*
 * What of a request goes to a thread. Programs plan with objects of their own: their methods and proxies cannot be copied
 * there and getters get lost on the way, so what the planner reads is read here, and nothing else is taken along. What has
 * the wrong form stays as it is, to be refused there.
 */

/** A long title tells something only where no duration is given. */
export function copyOfTask(task: PlanTask): PlanTask {
  if (typeof task !== 'object' || task === null) return task;
  const { title, duration, deps, exclusiveKeys, priority, requires, demand, notBefore, runningOn } = task;
  const copy: { -readonly [Name in keyof PlanTask]: PlanTask[Name] } = { id: task.id };
  if (duration !== undefined) copy.duration = duration;
  else if (title !== undefined) copy.title = title;
  if (deps !== undefined) copy.deps = listOf(deps);
  if (exclusiveKeys !== undefined) copy.exclusiveKeys = listOf(exclusiveKeys);
  if (priority !== undefined) copy.priority = priority;
  if (requires !== undefined) copy.requires = listOf(requires);
  if (demand !== undefined) copy.demand = amountsOf(demand);
  if (notBefore !== undefined) copy.notBefore = notBefore;
  if (runningOn !== undefined) copy.runningOn = runningOn;
  return copy;
}

/** All but the tasks. */
export function copyOfRest({ workers, capacity }: PlanRequest): Omit<PlanRequest, 'tasks'> {
  return {
    workers: Array.isArray(workers) ? workers.map(copyOfWorker) : workers,
    ...(capacity === undefined ? {} : { capacity: amountsOf(capacity) }),
  };
}

function copyOfWorker(worker: PlanWorker): PlanWorker {
  if (typeof worker !== 'object' || worker === null) return worker;
  const { id, capabilities, slots } = worker;
  return {
    id,
    ...(capabilities === undefined ? {} : { capabilities: listOf(capabilities) }),
    ...(slots === undefined ? {} : { slots }),
  };
}

const listOf = <Item>(list: readonly Item[]): readonly Item[] => (Array.isArray(list) ? [...list] : list);

const amountsOf = (amounts: Readonly<Record<string, number>>): Readonly<Record<string, number>> =>
  typeof amounts === 'object' && amounts !== null && !Array.isArray(amounts) ? { ...amounts } : amounts;
