import type { Facts } from '../domain/facts.ts';
import type { PlanRequest, PlanTask, PlanWorker } from '../domain/plan.ts';
import type { Policy } from '../domain/policy.ts';
import type { Run } from '../domain/run.ts';
import { spanOf } from '../plan/estimates/span.ts';
import { planNow } from '../plan/plan-now.ts';
import type { DoneView } from '../render/tracking-view.ts';
import { type Estimates, estimatesOf } from './estimating.ts';
import { isLive, policyOf, type TaskView } from './lookup.ts';
import { requestOf } from './planning.ts';
import type { TrackingSight } from './sight.ts';

const MINUTE_MS = 60_000;
/** How often the time is told anew while everything takes longer than expected, and nothing else happens. */
const AGAIN_MS = 5 * MINUTE_MS;
/** Planning more than these at every look takes too long. */
const MOST_TASKS = 2_000;

/**
 * When agents will have done what is left of a run; null where none is at work, or this repository has no history to
 * tell it from. It is told from the last event on, not from now: a text that changes by itself would be written for ever.
 */
export function expectDone(facts: Facts, sight: TrackingSight, run: Run): DoneView | null {
  const policy = policyOf(facts);
  const estimates = estimatesOf(facts);
  if (!policy || !estimates.known || run.pausedAt !== null) return null;
  const views = sight.views.filter((view) => view.run.id === run.id);
  if (!views.some(({ last }) => last && isLive(last))) return null;
  const looking = { facts, policy, sight, estimates, views };
  const first = expectFrom(looking, lastEvent(views));
  const isOver = first !== null && first.even < facts.now;
  return isOver ? expectFrom(looking, Math.floor(facts.now / AGAIN_MS) * AGAIN_MS) : first;
}

const lastEvent = (views: readonly TaskView[]): number =>
  views
    .flatMap(({ attempts }) => attempts)
    .flatMap(({ createdAt, startedAt, outcome }) => [createdAt, startedAt ?? 0, outcome?.endedAt ?? 0])
    .reduce((latest, at) => Math.max(latest, at), 0);

interface Looking {
  readonly facts: Facts;
  readonly policy: Policy;
  readonly sight: TrackingSight;
  readonly estimates: Estimates;
  /** The run's. */
  readonly views: readonly TaskView[];
}

function expectFrom({ facts, policy, sight, estimates, views }: Looking, at: number): DoneView | null {
  const open = views.filter((view) => estimates.left(view, at) > 0);
  if (open.length === 0 || open.length > MOST_TASKS) return null;
  const request = requestOf({ facts, policy, gates: sight.gates, views: open });
  const plan = planNow(whatIsLeft(request, { open, estimates, at }));
  const critical = new Set(plan.criticalPath.map(Number));
  const chain = open.filter(({ task }) => critical.has(task.issue)).map((view) => estimates.of(view));
  const { p50, p90 } = spanOf(plan.makespan, chain);
  return { even: at + p50 * MINUTE_MS, nineInTen: at + p90 * MINUTE_MS };
}

/** Every task takes what is left of it; what runs goes on where it is. */
function whatIsLeft(
  { tasks, workers }: PlanRequest,
  { open, estimates, at }: { open: readonly TaskView[]; estimates: Estimates; at: number },
): PlanRequest {
  const viewOf = new Map(open.map((view) => [String(view.task.issue), view]));
  let running = 0;
  const left = tasks.map((task): PlanTask => {
    const view = viewOf.get(String(task.id));
    const duration = view ? estimates.left(view, at) : 0;
    if (!view?.last || !isLive(view.last)) return { ...task, duration };
    running += 1;
    return { ...task, duration, deps: [], runningOn: `w${running}` };
  });
  const count = Math.max(running, typeof workers === 'number' ? workers : workers.length);
  return {
    tasks: left,
    workers: Array.from({ length: count }, (_, index): PlanWorker => ({ id: `w${index + 1}` })),
  };
}
