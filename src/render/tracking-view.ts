import type { AttemptKind } from '../domain/attempt-kind.ts';
import type { Dependency, Disagreement } from '../domain/dependency.ts';
import type { Accuracy, Overlap } from '../domain/overlap.ts';
import type { Span } from '../domain/plan.ts';
import type { RunScope } from '../domain/run.ts';
import type { TaskStatus } from '../domain/task.ts';
import type { Home } from './words.ts';

/** One task as people see it. */
export interface TaskRow {
  readonly issue: number;
  /** Untrusted; null: the issue can no longer be read. */
  readonly title: string | null;
  readonly status: TaskStatus;
  /** The latest attempt; null: none yet. */
  readonly attempt: { readonly number: number; readonly kind: AttemptKind } | null;
  /** The provider that works or worked on it: `exec`. */
  readonly agent: string | null;
  readonly pull: number | null;
  readonly requestedBy: string;
  /** Measured agent and verify time of all its attempts so far; null: nothing measured. */
  readonly minutes: number | null;
}

/** A circle of dependencies. */
export interface CycleView {
  /** Closed: the first issue stands again at the end. */
  readonly path: readonly number[];
  /** The evidence of every step of the path. */
  readonly evidence: readonly Dependency[];
}

/** Measured, never estimated. */
export interface Measured {
  /** From the first attempt's start to the last landing; null: nothing has landed. */
  readonly wallMinutes: number | null;
  /** The same work one after another: the agent and verify time of all attempts of landed tasks. */
  readonly sumMinutes: number | null;
}

/** A time with an even chance, and one that nine of ten cases keep; milliseconds since the epoch. */
export interface DoneView {
  readonly even: number;
  readonly nineInTen: number;
}

/** Everything that the tracking text of one run shows. */
export interface TrackingView {
  readonly scope: RunScope;
  readonly repository: Home;
  /** Null: not planned yet. */
  readonly revision: number | null;
  /** In plan order. */
  readonly rows: readonly TaskRow[];
  readonly dependencies: readonly Dependency[];
  /** Evidence that does not go together, and what counts of it. */
  readonly disagreements: readonly Disagreement[];
  readonly cycles: readonly CycleView[];
  /** Where unfinished tasks may change the same thing, surest first. */
  readonly overlaps: readonly Overlap[];
  /** What predictions could not look at. */
  readonly gaps: readonly string[];
  /** How right the predictions for this run's tasks were; null: nothing to compare yet. */
  readonly accuracy: Accuracy | null;
  readonly batches: readonly (readonly number[])[];
  readonly expectedMinutes: number | null;
  readonly sequentialMinutes: number | null;
  /** Of `expectedMinutes`. */
  readonly expectedSpan: Span | null;
  /** When agents will have done what is left; null: none is at work, or nobody knows. */
  readonly done: DoneView | null;
  readonly measured: Measured;
  readonly paused: boolean;
  readonly approvalNeeded: boolean;
  /** Every task has ended: the report is shown. */
  readonly ended: boolean;
  /** Tasks beyond the 100 native sub-issues that GitHub allows. */
  readonly notLinked: readonly number[];
  /** `.github/parallel.yml` can't be used: nothing new starts. */
  readonly configInvalid: boolean;
}
