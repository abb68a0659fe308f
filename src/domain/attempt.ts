import type { AttemptKind } from './attempt-kind.ts';
import type { Prediction, Profile } from './estimate.ts';
import type { AttemptId, RunId, Sha } from './ids.ts';
import type { AttemptOutcome, FailureKind } from './outcome.ts';
import type { Forecast } from './overlap.ts';

/** What an attempt answers: kept with it, so that it can be dispatched again after a crash with the same words. */
export interface AttemptCause {
  /** The reviews that a `review` attempt answers; empty for the other kinds. */
  readonly reviews: readonly number[];
  /** The failed attempt that this one repeats; null for a first try. */
  readonly retry: {
    readonly after: number;
    readonly failure: FailureKind | 'branch-moved' | 'push-refused' | 'cancelled';
  } | null;
}

/** One execution of an agent for a task, numbered from 1. Times are milliseconds since the epoch (our clock). */
export interface Attempt {
  readonly id: AttemptId;
  readonly runId: RunId;
  readonly issue: number;
  readonly number: number;
  readonly kind: AttemptKind;
  readonly cause: AttemptCause;
  /** The words for the agent, fixed when the attempt was decided. */
  readonly prompt: string;
  /** The first line of its commit, fixed at the same time. */
  readonly title: string;
  readonly createdAt: number;
  /** With this attempt the task took its exclusive keys, for all attempts that follow; null: it held them already. */
  readonly forecast: Forecast | null;
  /** What was known of the task when the attempt was decided; null: an earlier version decided it. */
  readonly profile: Profile | null;
  /** What it was expected to take, to be compared with what it takes; null: there was no history. */
  readonly predicted: Prediction | null;
  /** The branch as GitHub had it when the attempt was decided; null: not pushed yet. */
  readonly tip: Sha | null;
  /** The commit of the default branch to start from (or to rebase to); pinned at the first dispatch. */
  readonly base: Sha | null;
  /** Raised by every dispatch; a result with another number is refused. */
  readonly fence: number;
  /** Whether a worker holds it now. */
  readonly lease: 'none' | 'live';
  readonly startedAt: number | null;
  readonly cancelRequested: boolean;
  readonly outcome: AttemptOutcome | null;
}
