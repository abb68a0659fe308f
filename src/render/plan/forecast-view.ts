import type { Dependency, Disagreement } from '../../domain/dependency.ts';
import type { RunScope } from '../../domain/run.ts';
import type { BlockedBy } from '../../domain/task.ts';
import type { CycleView } from '../tracking-view.ts';
import type { Home } from '../words.ts';
import type { PlanView } from './view.ts';

/** What would happen to the labelled issues of a repository, and why. Ids of the plan are issue numbers. */
export interface ForecastView extends PlanView {
  readonly repository: Home;
  /** Attempts at once. */
  readonly slots: number;
  /** In the order in which they are served. */
  readonly runs: readonly RunForecast[];
  readonly dependencies: readonly Dependency[];
  /** What is overruled by a command, with what overrules it. */
  readonly disagreements: readonly Disagreement[];
  readonly cycles: readonly CycleView[];
  /** Tasks that wait for what is no open task here. */
  readonly outside: readonly OutsideWait[];
  readonly overlaps: readonly OverlapView[];
  /** Labelled by somebody who may not write: nothing of that starts. */
  readonly refused: readonly { readonly issue: number; readonly actor: string }[];
  /** Edited after they were labelled, by somebody who may not write: they wait for a new approval. */
  readonly edited: readonly number[];
  /** Whether times come from earlier work here; else every task is taken for a medium one. */
  readonly isMeasured: boolean;
}

/** The tasks of one scope, still to be done. */
export interface RunForecast {
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

/** What several tasks would change, so that they take turns. */
export interface OverlapView {
  readonly key: string;
  readonly issues: readonly number[];
  /** The words of each issue that say so. */
  readonly evidence: readonly { readonly issue: number; readonly quote: string }[];
}
