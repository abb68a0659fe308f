import type { AttemptKind } from './attempt-kind.ts';
import type { Prediction, Profile } from './estimate.ts';
import type { AttemptOutcome, Usage } from './outcome.ts';
import type { Score } from './overlap.ts';
import type { TaskEnd } from './task.ts';

/** What reports are made from: the store's records of all repositories. Times are milliseconds since the epoch. */
export interface Records {
  readonly runs: readonly { readonly openedAt: number; readonly endedAt: number | null }[];
  /** Null: still under way. */
  readonly tasks: readonly { readonly end: TaskEnd | null }[];
  readonly attempts: readonly AttemptRecord[];
  readonly repositories: number;
  /** Of all repositories together: how right predicted keys were. */
  readonly overlap: { readonly held: Score; readonly foreseen: Score };
}

export interface AttemptRecord {
  readonly purpose: AttemptKind;
  /** Null: an earlier version decided it. */
  readonly profile: Profile | null;
  /** Null: there was no history to predict it from. */
  readonly predicted: Prediction | null;
  readonly startedAt: number | null;
  readonly finishedAt: number | null;
  /** Null: it is still to come back. */
  readonly class: AttemptOutcome['class'] | null;
  readonly failure: string | null;
  /** In agent and verify commands. */
  readonly minutes: number;
  /** All zero where the agent does not say. */
  readonly usage: Usage;
}
