import type { RunId } from './ids.ts';
import type { RunPlan } from './plan.ts';

/** What a run covers: all loose labelled issues of the repository, or the open sub-issues of one epic. */
export type RunScope = { readonly kind: 'rolling' } | { readonly kind: 'epic'; readonly issue: number };

/** The work of one scope under one tracking issue. Times are milliseconds since the epoch (our clock). */
export interface Run {
  readonly id: RunId;
  readonly scope: RunScope;
  readonly openedAt: number;
  /** Paused: running attempts finish, nothing new starts. */
  readonly pausedAt: number | null;
  readonly plan: RunPlan | null;
  readonly endedAt: number | null;
}
