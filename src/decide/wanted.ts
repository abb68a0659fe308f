import type { Attempt, AttemptCause } from '../domain/attempt.ts';
import type { AttemptKind } from '../domain/attempt-kind.ts';
import type { Facts } from '../domain/facts.ts';
import { unitOf } from '../domain/hash.ts';
import type { Policy } from '../domain/policy.ts';
import type { Review } from '../domain/pull.ts';
import { standingReviews } from '../domain/pull.ts';
import type { TaskView } from './lookup.ts';
import { isLive, pushOf } from './lookup.ts';

/** The attempt that a task wants next, before anybody asks whether it may start. */
export interface Wanted {
  readonly kind: Exclude<AttemptKind, 'ci'>;
  readonly cause: AttemptCause;
  /** Not before this time (our clock): the pause after a failure. */
  readonly notBefore: number;
}

/** Null: the task works, waits for people, or is over. */
export function wantedOf(facts: Facts, policy: Policy, view: TaskView): Wanted | null {
  const { task, last } = view;
  if (task.ended || task.needsHuman || (last && isLive(last))) return null;
  if (!last) return { kind: 'implement', cause: { reviews: [], retry: null }, notBefore: 0 };
  if (failureOf(facts, last)) return roundsLeft(facts, policy, view) > 0 ? again(facts, view, last) : null;
  // Work that is not pushed yet may be the answer to what the pull request still shows.
  return pushOf(facts, last) ? followUp(policy, view) : null;
}

/** Why the attempt did not bring its work home; null: it did, or it still may. */
export function failureOf(
  facts: Facts,
  attempt: Attempt,
): NonNullable<AttemptCause['retry']>['failure'] | null {
  const { outcome } = attempt;
  if (!outcome) return isLive(attempt) ? null : 'cancelled';
  if (outcome.class === 'cancelled') return 'cancelled';
  if (outcome.class !== 'succeeded') return outcome.failure?.kind ?? 'setup';
  const push = pushOf(facts, attempt);
  if (push?.kind !== 'refused') return null;
  return push.stale ? 'branch-moved' : 'push-refused';
}

/** How many more times a failing task may be tried: `rounds.retry` after the first failure in a row. */
export function roundsLeft(facts: Facts, policy: Policy, view: TaskView): number {
  const failures = failuresInARow(facts, view);
  const outages = failures.filter((attempt) => failureOf(facts, attempt) === 'unreachable').length;
  return policy.rounds.retry + 1 - (failures.length - outages) - Math.floor(outages / OUTAGES_A_ROUND);
}

/** That GitHub is away costs no round. So many times, over hours, it is a worker that never gets there: that must end. */
const OUTAGES_A_ROUND = 10;

/** The failed attempts since the last success, less those that a person forgave with `retry`. */
function failuresInARow(facts: Facts, view: TaskView): readonly Attempt[] {
  const counted = view.attempts.filter((attempt) => attempt.number > view.task.forgivenAttempts);
  const lastGood = counted.findLastIndex((attempt) => failureOf(facts, attempt) === null);
  return counted.slice(lastGood + 1).filter((attempt) => failureOf(facts, attempt) !== 'cancelled');
}

/** Rounds of a kind that came home since a person last said `retry`. */
export function roundsOf(view: TaskView, kind: AttemptKind): number {
  const done = view.attempts.filter(
    (attempt) => attempt.kind === kind && attempt.outcome?.class === 'succeeded',
  );
  return done.filter((attempt) => attempt.number > view.task.forgivenAttempts).length;
}

/** Reviews that ask for changes, by people who may write, that no attempt has brought an answer to. */
export function unansweredReviews(view: TaskView): readonly Review[] {
  if (!view.pull) return [];
  const answered = new Set(
    view.attempts
      .filter((attempt) => attempt.outcome?.class === 'succeeded')
      .flatMap((attempt) => attempt.cause.reviews),
  );
  return standingReviews(view.pull.reviews).filter(
    (review) => review.state === 'changes-requested' && review.authorMayWrite && !answered.has(review.id),
  );
}

function again(facts: Facts, view: TaskView, last: Attempt): Wanted {
  const failure = failureOf(facts, last) ?? 'setup';
  const failures = failuresInARow(facts, view).length;
  const forgiven = last.number <= view.task.forgivenAttempts;
  const pause = forgiven || failures === 0 ? 0 : backoff(facts.settings.backoffMs, failures, last.id);
  return {
    kind: last.kind === 'ci' ? 'implement' : last.kind,
    cause: { reviews: last.cause.reviews, retry: { after: last.number, failure } },
    notBefore: (last.outcome?.endedAt ?? 0) + pause,
  };
}

/** Doubles with every failure up to an hour, spread by ±25 % so that failing tasks do not return in step. */
export function backoff(baseMs: number, failures: number, seed: string): number {
  return Math.min(baseMs * 2 ** (failures - 1), 3_600_000) * (0.75 + 0.5 * unitOf(seed));
}

function followUp(policy: Policy, view: TaskView): Wanted | null {
  const { pull } = view;
  if (!pull || !view.fresh || pull.state !== 'open' || pull.merged) return null;
  const reviews = unansweredReviews(view);
  if (reviews.length > 0) {
    return roundsOf(view, 'review') < policy.rounds.review
      ? asked(
          'review',
          reviews.map((review) => review.id),
        )
      : null;
  }
  if (pull.mergeable === false)
    return roundsOf(view, 'conflict') < policy.rounds.conflict ? asked('conflict', []) : null;
  return null;
}

const asked = (kind: Wanted['kind'], reviews: readonly number[]): Wanted => ({
  kind,
  cause: { reviews, retry: null },
  notBefore: 0,
});
