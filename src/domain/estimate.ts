import type { AttemptKind } from './attempt-kind.ts';
import type { Usage } from './outcome.ts';

/** What a task is about, as its labels and its title say. */
export type TaskKind =
  | 'test-coverage'
  | 'bug-fix'
  | 'feature'
  | 'refactoring'
  | 'documentation'
  | 'configuration';

/** How much work people expect a task to be. */
export type Complexity = 'low' | 'medium' | 'high' | 'critical';

/** What of a task tells how long an attempt takes; kept with the attempt, so that later ones can learn from it. */
export interface Profile {
  readonly provider: string;
  /** Null: nothing says. */
  readonly taskKind: TaskKind | null;
  readonly complexity: Complexity;
  /** Those that may say something, in lower case and alphabetical order. */
  readonly labels: readonly string[];
}

/** How many minutes of agent and verify commands one attempt takes: as likely less as more, in nine cases of ten less. */
export interface Prediction {
  readonly p50: number;
  readonly p90: number;
  readonly mean: number;
  /** Earlier attempts of the same repository that it rests on. */
  readonly samples: number;
}

/** An attempt that is over and whose end was no accident: what estimates learn from. */
export interface PastAttempt {
  readonly profile: Profile;
  readonly purpose: AttemptKind;
  /** Whether it was of the same repository. */
  readonly isHere: boolean;
  /** Our clock, milliseconds since the epoch. */
  readonly endedAt: number;
  readonly end: PastEnd;
  /** In agent and verify commands. */
  readonly minutes: number;
  /** All zero where the agent does not say. */
  readonly usage: Usage;
}

/** `out-of-time`: it took at least its minutes. `failed`: its minutes say nothing of how long the work takes. */
export type PastEnd = 'succeeded' | 'out-of-time' | 'failed';

/** What an agent or its task has nothing to do with: such an attempt neither counts as failed nor as measured. */
export const EXCUSED_FAILURES = ['unreachable', 'setup'] as const;
