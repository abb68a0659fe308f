import type { Plan, PlanProblem, PlanRequest } from '../domain/plan.ts';
import { nowMs } from './improve/clock.ts';
import { converse } from './improve/converse.ts';
import { giveBack, takeThread } from './improve/thread.ts';
import { PlanError } from './plan-error.ts';
import { readRequest } from './request/read-request.ts';

/** How long `createPlan` searches, and how. */
export interface CreatePlanOptions {
  /** Milliseconds from the call to the plan, for up to 10,000 tasks; with more, the first plan's time comes on top. 300. */
  readonly budgetMs?: number;
  /** Another seed gives another search; a whole number. 1. */
  readonly seed?: number;
  /** Ends it at once; the promise is rejected with the signal's reason. */
  readonly signal?: AbortSignal;
}

/**
 * Plans in a worker thread: first as planNow does, then it searches for something shorter until the bound proves that
 * there is nothing, or the budget is used up. Never longer than planNow's plan. The schedule is the shortest that was
 * found; the order is the one that does best where tasks take longer and shorter than expected, and dispatched with the
 * very durations that were expected, it may take a little longer than the schedule. The same request, seed and budget give
 * the same plan, unless `plan.search.endedBy` says that the machine was too slow (`time`). The request must stay as it
 * is until the plan is there.
 * @throws PlanError with every problem of the request at once, as planNow does.
 */
export async function createPlan(request: PlanRequest, options: CreatePlanOptions = {}): Promise<Plan> {
  const calledAt = nowMs();
  const { budgetMs = 300, seed = 1, signal } = options;
  checkOptions(budgetMs, seed);
  signal?.throwIfAborted();
  if (!hasTasks(request)) readRequest(request);
  const thread = takeThread();
  try {
    const plan = await converse({ thread, request, search: { seed, budgetMs, calledAt }, signal });
    giveBack(thread);
    return plan;
  } catch (error) {
    if (error instanceof PlanError) giveBack(thread);
    else thread.end();
    // What cannot be copied to a thread (a function, or far too deep) is not what a request holds: it is refused here.
    if (error instanceof Error && (error.name === 'DataCloneError' || error instanceof RangeError))
      readRequest(request);
    throw error;
  }
}

const hasTasks = (request: unknown): boolean =>
  typeof request === 'object' && request !== null && 'tasks' in request && Array.isArray(request.tasks);

const MOST_MS = 86_400_000;

function checkOptions(budgetMs: number, seed: number): void {
  const problems: PlanProblem[] = [];
  if (!(budgetMs >= 0 && budgetMs <= MOST_MS)) {
    const message = `budgetMs must be 0 to ${MOST_MS} milliseconds, but is ${budgetMs}`;
    problems.push({ kind: 'invalid', path: 'budgetMs', message });
  }
  if (!Number.isSafeInteger(seed)) {
    problems.push({ kind: 'invalid', path: 'seed', message: `seed must be a whole number, but is ${seed}` });
  }
  if (problems.length > 0) throw new PlanError(problems);
}
