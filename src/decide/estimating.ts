import type { Attempt } from '../domain/attempt.ts';
import type { AttemptKind } from '../domain/attempt-kind.ts';
import type { PastAttempt, Prediction, Profile } from '../domain/estimate.ts';
import type { Facts } from '../domain/facts.ts';
import { createEstimator, type Estimator, type TaskEstimate } from '../plan/estimates/estimator.ts';
import { profileOf } from '../plan/estimates/profile.ts';
import { isLive, policyOf, type TaskView } from './lookup.ts';
import { minutesOf } from './measuring.ts';
import { failureOf } from './wanted.ts';

const MINUTE_MS = 60_000;

/** What tasks are expected to take, learnt from the attempts that the store remembers. Minutes of agent and verify. */
export interface Estimates {
  /** Whether this repository has a history. Without one, estimates put tasks in order, but are shown to nobody. */
  readonly known: boolean;
  /** Of a task from its beginning to its end, with all of its expected attempts; nothing of it is known to have happened. */
  of(view: TaskView): TaskEstimate;
  /** Of the whole task as things stand: what it took where its work is done, and more than expected where it takes longer. */
  whole(view: TaskView, at?: number): number;
  /** What agents still have to do of it; 0 where it waits for people or is over. */
  left(view: TaskView, at?: number): number;
  /** What is kept with a new attempt. */
  forNew(
    view: TaskView,
    purpose: AttemptKind,
  ): { readonly profile: Profile; readonly predicted: Prediction | null };
}

/** Times (`at`) are our clock, milliseconds since the epoch; the facts' own time, if none is given. */
export function estimatesOf(facts: Facts): Estimates {
  const estimator = estimatorFrom(facts.memory.pastAttempts);
  const workOn = (view: TaskView, purpose: AttemptKind) => ({ profile: profileIn(facts, view), purpose });
  const left = (view: TaskView, at: number): number => {
    const { last, task } = view;
    if (task.ended || task.needsHuman) return 0;
    if (!last) return estimator.task(workOn(view, 'implement')).mean;
    if (isLive(last)) return estimator.remaining(workOn(view, last.kind), minutesSince(last, at));
    return failureOf(facts, last) === null ? 0 : estimator.task(workOn(view, last.kind)).mean;
  };
  return {
    known: facts.memory.pastAttempts.some(
      ({ isHere, purpose, end }) => isHere && purpose === 'implement' && end !== 'failed',
    ),
    of: (view) => estimator.task(workOn(view, 'implement')),
    left: (view, at = facts.now) => left(view, at),
    whole: (view, at = facts.now) => {
      const running = view.last && isLive(view.last) ? minutesSince(view.last, at) : 0;
      const whole = (minutesOf(view.attempts) ?? 0) + running + left(view, at);
      return whole > 0 ? whole : estimator.task(workOn(view, 'implement')).mean;
    },
    forNew: (view, purpose) => {
      const work = workOn(view, purpose);
      return { profile: work.profile, predicted: estimator.attempt(work) };
    },
  };
}

/** The store hands out the same list until an attempt ends, and looking at all of it takes longer than a pass. */
const ESTIMATORS = new WeakMap<readonly PastAttempt[], Estimator>();

function estimatorFrom(past: readonly PastAttempt[]): Estimator {
  const estimator = ESTIMATORS.get(past) ?? createEstimator(past);
  ESTIMATORS.set(past, estimator);
  return estimator;
}

function profileIn(facts: Facts, { issue }: TaskView): Profile {
  return profileOf({
    provider: policyOf(facts)?.agents[0]?.provider ?? 'exec',
    title: issue?.issue.title ?? '',
    labels: issue?.issue.labels ?? [],
  });
}

const minutesSince = ({ startedAt }: Attempt, at: number): number =>
  startedAt === null ? 0 : Math.max(0, at - startedAt) / MINUTE_MS;
