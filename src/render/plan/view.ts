import type { Plan, PlanRequest, PlanWait } from '../../domain/plan.ts';

/** All that is told of a plan. */
export interface PlanView {
  readonly request: PlanRequest;
  readonly plan: Plan;
  readonly waits: readonly PlanWait[];
}

/** What lines are written on. */
export interface Page {
  /** Cells in a line. */
  readonly width: number;
  /** How many cells a text takes: some characters take two, some none. */
  readonly cellsOf: (text: string) => number;
  readonly style: Style;
}

/** How words look; all of them plain where there are no colours. */
export interface Style {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  /** What the length of the plan hangs on. */
  readonly critical: (text: string) => string;
}

export const PLAIN: Style = { strong: (text) => text, faint: (text) => text, critical: (text) => text };
