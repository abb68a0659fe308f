import type { PlanProblem, PlanRequest, PlanTask, PlanWorker } from '../domain/plan.ts';

/** The workers of a request, one entry a slot: `worker` is its index in `names`. */
export interface Slots {
  readonly names: readonly string[];
  readonly capabilities: readonly ReadonlySet<string>[];
  /** Free slots by worker. */
  readonly free: Int32Array;
}

export function slotsOf(request: PlanRequest): Slots {
  const workers = workersOf(request);
  return {
    names: workers.map((worker) => worker.id),
    capabilities: workers.map((worker) => new Set(worker.capabilities ?? [])),
    free: Int32Array.from(workers, (worker) => worker.slots ?? 1),
  };
}

export const totalSlots = (request: PlanRequest): number =>
  workersOf(request).reduce((sum, worker) => sum + (worker.slots ?? 1), 0);

/** Whether a worker with these capabilities may execute the task. */
export const isEligible = (task: PlanTask, capabilities: ReadonlySet<string>): boolean =>
  (task.requires ?? []).every((need) => capabilities.has(need));

/** What is wrong with the workers, and which tasks none of them can take. */
export function workerProblems(request: PlanRequest): readonly PlanProblem[] {
  const { workers } = request;
  if (typeof workers === 'number' && !isCount(workers))
    return [
      invalid('workers', `workers is ${workers}; it must be a whole number from 1 to ${MOST_WORKERS}.`),
    ];
  const list = workersOf(request);
  if (list.length === 0) return [invalid('workers', 'There are no workers; name at least one.')];
  const slots = list.filter((worker) => !isCount(worker.slots ?? 1));
  const wrong = slots.map((worker) =>
    invalid(
      `workers[${worker.id}].slots`,
      `Worker ${JSON.stringify(worker.id)} has slots ${worker.slots}; it must be a whole number from 1.`,
    ),
  );
  return [...wrong, ...request.tasks.flatMap((task) => unmet(request, list, task))];
}

const MOST_WORKERS = 100_000;
const isCount = (value: number): boolean => Number.isInteger(value) && value >= 1 && value <= MOST_WORKERS;
const invalid = (path: string, message: string): PlanProblem => ({ kind: 'invalid', path, message });

function unmet(request: PlanRequest, workers: readonly PlanWorker[], task: PlanTask): readonly PlanProblem[] {
  const id = String(task.id);
  const needs = task.requires ?? [];
  const able =
    needs.length === 0 || workers.some((worker) => isEligible(task, new Set(worker.capabilities ?? [])));
  const lacking = Object.entries(task.demand ?? {}).filter(
    ([name, amount]) => !(amount <= (request.capacity?.[name] ?? Number.POSITIVE_INFINITY)),
  );
  const problems = lacking.map(
    ([name, amount]) =>
      `Task ${JSON.stringify(id)} needs ${amount} ${name}, and there is ${request.capacity?.[name]}.`,
  );
  if (!able)
    problems.push(
      `Task ${JSON.stringify(id)} requires ${needs.join(', ')}, which no worker offers together.`,
    );
  return problems.map((message) => ({ kind: 'unmet-requirement', id, message }));
}

function workersOf({ workers }: PlanRequest): readonly PlanWorker[] {
  if (typeof workers !== 'number') return workers;
  return isCount(workers) ? Array.from({ length: workers }, (_, index) => ({ id: `w${index + 1}` })) : [];
}
