import type { Dependency, Disagreement } from '../../domain/dependency.ts';
import type { Overlap } from '../../domain/overlap.ts';
import type { Span } from '../../domain/plan.ts';
import type { RunScope } from '../../domain/run.ts';
import type { BlockedBy } from '../../domain/task.ts';
import type { CycleView } from '../tracking-view.ts';
import type { Home } from '../words.ts';
import type { PlanView } from './view.ts';

/** What would be done with the labelled issues, and why: the plan of some runs. Its ids are issue numbers. */
export interface Preview extends PlanView {
  readonly repository: Home;
  /** Attempts at once. */
  readonly slots: number;
  /** In the order in which they are served. */
  readonly runs: readonly RunPreview[];
  readonly dependencies: readonly Dependency[];
  /** What is overruled by a command, with what overrules it. */
  readonly disagreements: readonly Disagreement[];
  readonly cycles: readonly CycleView[];
  /** Tasks that wait for what is no open task here. */
  readonly outside: readonly OutsideWait[];
  readonly overlaps: readonly Overlap[];
  /** What overlaps may be incomplete by. */
  readonly gaps: readonly string[];
  /** Labelled by somebody who may not write: nothing of that starts. */
  readonly refused: readonly { readonly issue: number; readonly actor: string }[];
  /** Edited after they were labelled, by somebody who may not write: they wait for a new approval. */
  readonly edited: readonly number[];
  /** Null where nothing was measured here: the durations are assumed. */
  readonly expected: ExpectedView | null;
}

/** The tasks of one scope, still to be done. */
export interface RunPreview {
  readonly scope: RunScope;
  /** In plan order. */
  readonly issues: readonly number[];
  /** As the tracking issue shows them. */
  readonly batches: readonly (readonly number[])[];
}

export interface OutsideWait {
  readonly issue: number;
  readonly by: readonly BlockedBy[];
}

/** What was learnt from earlier attempts. */
export interface ExpectedView {
  /** Minutes until all is done. */
  readonly span: Span;
  readonly tasks: readonly TaskExpectation[];
  /** Of all tasks together; null where no attempt ever said. */
  readonly usd: number | null;
  readonly tokens: number | null;
}

export interface TaskExpectation extends Span {
  readonly issue: number;
  /** What it rests on: attempts of this repository, of others only, or nothing but what is assumed. */
  readonly basis: 'here' | 'elsewhere' | 'prior';
  readonly usd: number | null;
}
