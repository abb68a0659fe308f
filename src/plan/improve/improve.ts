import type { SearchEnd } from '../../domain/plan.ts';
import { isOptimal, type Solution } from '../schedule/solution.ts';
import { nowMs } from './clock.ts';
import { portfolio } from './portfolio.ts';
import { type Steadying, steadying } from './steady.ts';
import type { Search, SearchTask } from './task.ts';

/** Units of work in a millisecond: less than a quiet machine does, so that the clock rarely ends a search. */
const WORK_PER_MS = 650;
/** After so many milliseconds others get their turn: a message can come in. */
const SLICE_MS = 20;

export interface Improved {
  readonly solution: Solution;
  readonly work: number;
  readonly endedBy: SearchEnd;
}

/** The part of the work that may go into an order that is good with other durations too. */
const STEADY_PART = 0.15;

interface Limits {
  readonly budgetMs: number;
  readonly deadline: number;
  readonly pause: () => Promise<void>;
}

/**
 * Searches until the bound is reached, the work that the budget stands for is done, or the time is over; then the order
 * is chosen that does best where durations are not the expected ones. The work does not depend on the machine: the same
 * task, seed and budget give the same result, unless the clock ends the search.
 */
export async function improve(task: SearchTask, limits: Limits): Promise<Improved> {
  const most = limits.budgetMs * WORK_PER_MS;
  const steady = steadying(task, most * STEADY_PART);
  const cost = steady?.cost ?? 0;
  const deadline = limits.deadline - cost / WORK_PER_MS;
  const found = await searched(task, { ...limits, most: most - cost, deadline });
  if (steady === null) return found;
  return steadied(found, steady, limits);
}

async function searched(task: SearchTask, limits: Limits & { readonly most: number }): Promise<Improved> {
  const { most, deadline } = limits;
  if (isOptimal(task.first, task.bound)) return { solution: task.first, work: 0, endedBy: 'optimal' };
  if (most === 0) return { solution: task.first, work: 0, endedBy: 'work' };
  const search = portfolio(task);
  let pausedAt = nowMs();
  for (;;) {
    const endedBy = endOf({ search, task, most, deadline });
    if (endedBy !== null) return { solution: search.best, work: Math.round(search.work), endedBy };
    search.step(search.work / most);
    if (nowMs() < pausedAt + SLICE_MS) continue;
    await limits.pause();
    pausedAt = nowMs();
  }
}

async function steadied(found: Improved, steady: Steadying, limits: Limits): Promise<Improved> {
  const run = steady.run(found.solution);
  let pausedAt = nowMs();
  for (;;) {
    const next = run.next();
    if (next.done) return { ...found, solution: next.value };
    if (nowMs() >= limits.deadline) return { ...found, endedBy: 'time' };
    if (nowMs() < pausedAt + SLICE_MS) continue;
    await limits.pause();
    pausedAt = nowMs();
  }
}

function endOf(given: {
  readonly search: Search;
  readonly task: SearchTask;
  readonly most: number;
  readonly deadline: number;
}): SearchEnd | null {
  const { search, task, most, deadline } = given;
  if (isOptimal(search.best, task.bound)) return 'optimal';
  if (search.work >= most) return 'work';
  return nowMs() >= deadline ? 'time' : null;
}
