import type { Priority } from './task.ts';

/** The input of the planner, in the form that CONTRACT names. Durations are minutes. */
export interface PlanRequest {
  readonly tasks: readonly PlanTask[];
  /** A number of identical workers, or workers with capabilities and slots. */
  readonly workers: number | readonly PlanWorker[];
  readonly capacity?: Readonly<Record<string, number>>;
}

/** Something to be done by one worker without a break. */
export interface PlanTask {
  readonly id: string | number;
  readonly title?: string;
  /** Where absent, by the title: 30 for a text or a setting, 120 for a rewrite or a migration, else 60. */
  readonly duration?: number;
  readonly deps?: readonly (string | number)[];
  readonly exclusiveKeys?: readonly string[];
  readonly priority?: Priority | number;
  readonly requires?: readonly string[];
  readonly demand?: Readonly<Record<string, number>>;
  /** Minutes from now before which it cannot start; 0 where absent. */
  readonly notBefore?: number;
  /** The worker on which it runs already: it goes on there at once, and `duration` is what is left of it. */
  readonly runningOn?: string;
}

/** Whoever does tasks: `slots` of them at once (1), and only what its capabilities (none) allow. */
export interface PlanWorker {
  readonly id: string;
  readonly capabilities?: readonly string[];
  readonly slots?: number;
}

/** A priority order with its reasons. The schedule is an estimate, never a timetable. */
export interface Plan {
  readonly makespan: number;
  readonly lowerBound: number;
  /** Whether the bound proves that no schedule is shorter. */
  readonly optimal: boolean;
  readonly sequential: number;
  readonly speedup: number;
  readonly criticalPath: readonly string[];
  /** First to start first: what dispatch keeps to, chosen for durations that are not quite as expected. */
  readonly order: readonly string[];
  readonly schedule: readonly ScheduledTask[];
  readonly batches: readonly (readonly string[])[];
  /** How it was searched for; absent where it was planned at once. */
  readonly search?: PlanSearch;
}

/** How a plan was searched for. */
export interface PlanSearch {
  readonly seed: number;
  /** Elementary operations. */
  readonly work: number;
  readonly endedBy: SearchEnd;
}

/**
 * The bound was reached; or all the work was done that the budget stands for; or the machine was too slow for that and
 * the time was over. Only in the last case the same request, seed and budget may give another plan at another time.
 */
export type SearchEnd = 'optimal' | 'work' | 'time';

/** When and by whom a task is done; minutes from the beginning. */
export interface ScheduledTask {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly worker: string;
}

/** Why a task of a plan does not start at once. */
export interface PlanWait {
  readonly id: string;
  /** Minutes until its blockers have ended and its time has come: what it waits for after that is something else. */
  readonly readyAt: number;
  /** What keeps it until the very minute of its start; mostly one. */
  readonly reasons: readonly PlanWaitReason[];
}

/** What keeps a task from starting earlier. */
export type PlanWaitReason =
  /** Tasks that it depends on and that end when it starts. */
  | { readonly kind: 'blocked'; readonly by: readonly string[] }
  /** The request allows it no earlier start. */
  | { readonly kind: 'not-before' }
  | { readonly kind: 'key'; readonly key: string; readonly heldBy: string }
  /** All workers that have what it requires are busy; `after`: the task whose end frees `worker` for it. */
  | {
      readonly kind: 'worker';
      readonly requires: readonly string[];
      readonly worker: string;
      readonly after: string;
    }
  /** What is left of the resource is less than its demand; `after`: a task whose end frees some. */
  | { readonly kind: 'capacity'; readonly resource: string; readonly after: string }
  /** It could start, but is shorter for all if others go first; `after`: what runs before it on its worker. */
  | { readonly kind: 'turn'; readonly worker: string; readonly after: string | null };

/** What is wrong with a request; all problems at once. */
export type PlanProblem =
  | { readonly kind: 'cycle'; readonly path: readonly string[]; readonly message: string }
  | {
      readonly kind: 'unknown-dependency';
      readonly id: string;
      readonly dependency: string;
      readonly message: string;
    }
  | { readonly kind: 'duplicate-id'; readonly id: string; readonly message: string }
  | { readonly kind: 'unmet-requirement'; readonly id: string; readonly message: string }
  | { readonly kind: 'invalid'; readonly path: string; readonly message: string };

/** How long something takes, with an even chance and in nine of ten cases. Minutes. */
export interface Span {
  readonly p50: number;
  readonly p90: number;
}

/** The revision of the plan that a run follows, as stored. */
export interface RunPlan {
  readonly revision: number;
  /** Issue numbers, first to start first. */
  readonly order: readonly number[];
  readonly batches: readonly (readonly number[])[];
  /** Minutes, as estimated when the plan was made; null without a history to estimate from. */
  readonly expectedMinutes: number | null;
  readonly sequentialMinutes: number | null;
  /** The same with an even chance and in nine of ten cases; absent in plans of earlier versions. */
  readonly expectedSpan?: Span | null;
  /** Whether a search's better order has taken the place of the first one of this revision. */
  readonly improved?: boolean;
  /** Hash of what the plan was made from: another one asks for the next revision. */
  readonly inputHash: string;
}
