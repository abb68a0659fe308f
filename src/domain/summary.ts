import type { AttemptRecord, Records } from './record.ts';
import type { TaskEnd } from './task.ts';

/** What a store's records come to. Nothing in it is estimated; null where nothing was measured. */
export interface Summary {
  readonly repositories: number;
  readonly runs: { readonly open: number; readonly ended: number };
  readonly tasks: { readonly open: number; readonly ended: Readonly<Partial<Record<TaskEnd, number>>> };
  readonly attempts: {
    readonly all: number;
    readonly underWay: number;
    readonly ended: Readonly<Partial<Record<NonNullable<AttemptRecord['class']>, number>>>;
    /** Of those that succeeded, failed or ran out of time: what was cancelled or lost says nothing. 0 to 1. */
    readonly successRate: number | null;
  };
  /** Of succeeded attempts, in agent and verify commands. */
  readonly minutes: { readonly mean: number; readonly p50: number; readonly p90: number } | null;
  /** While agents worked at all: how many on average, and how many tasks landed an hour. */
  readonly concurrency: number | null;
  readonly landedAnHour: number | null;
  /** On the clock, while at least one agent worked. */
  readonly busyMinutes: number;
  readonly failures: readonly { readonly kind: string; readonly count: number }[];
  /** As agents told it; `attempts`: how many did. */
  readonly cost: {
    readonly usd: number;
    readonly inputTokens: number;
    readonly outputTokens: number;
    readonly attempts: number;
  } | null;
  readonly overlap: Records['overlap'];
}

/** How well attempts were predicted. */
export interface Calibration {
  /** Attempts that came back and had been predicted, and those that had not: there was no history yet. */
  readonly predicted: number;
  readonly unpredicted: number;
  /** All of them first, then by purpose, provider and kind of task, where these differ. */
  readonly groups: readonly CalibrationGroup[];
  /** How many attempts took so many times their predicted p50; in order. */
  readonly ratios: readonly { readonly below: number | null; readonly count: number }[];
}

export interface CalibrationGroup {
  readonly by: 'all' | 'purpose' | 'provider' | 'kind';
  readonly name: string;
  readonly count: number;
  /** Geometric means of the minutes: what they were predicted to be (p50), and what they were. */
  readonly predictedMinutes: number;
  readonly realMinutes: number;
  /** Shares of attempts that took at most the predicted p50 and p90: to be 0.5 and 0.9. */
  readonly withinP50: number;
  readonly withinP90: number;
  /** Geometric mean of real / predicted p50: 1 is right, 2 is twice as long as predicted. */
  readonly bias: number;
  /** By how many times a prediction is off, either way, as a geometric mean. */
  readonly error: number;
  readonly verdict: Verdict;
}

/** Against the range that the shares have by chance; `few`: with fewer than ten attempts nothing can be said. */
export type Verdict = 'few' | 'right' | 'too-short' | 'too-long' | 'too-narrow' | 'too-wide';
