import type { Plan, PlanProblem, PlanRequest, PlanTask, ScheduledTask } from '../../domain/plan.ts';

/*
 * How a request goes to the thread that plans, and the plan back: in slices, because copying a large object would stop
 * everything else for longer than anybody waits. After each slice the other side asks for the next one.
 */

/** Entries in a message: copying so many takes a few milliseconds. */
export const SLICE = 1_000;

export type ToThread =
  | { readonly kind: 'tasks'; readonly tasks: readonly PlanTask[] }
  | { readonly kind: 'plan'; readonly rest: Omit<PlanRequest, 'tasks'>; readonly search: SearchOrder }
  | { readonly kind: 'more' };

export interface SearchOrder {
  readonly seed: number;
  readonly budgetMs: number;
  /** When createPlan was called; milliseconds since the epoch. */
  readonly calledAt: number;
}

export type FromThread =
  | { readonly kind: 'more' }
  | PlanPart
  | { readonly kind: 'done'; readonly rest: Omit<Plan, PlanPart['name']> }
  | { readonly kind: 'refused'; readonly problems: readonly PlanProblem[] }
  | { readonly kind: 'broken'; readonly error: unknown };

/** Entries of one of the lists. */
export type PlanPart =
  | { readonly kind: 'part'; readonly name: 'criticalPath' | 'order'; readonly items: readonly string[] }
  | { readonly kind: 'part'; readonly name: 'schedule'; readonly items: readonly ScheduledTask[] }
  | { readonly kind: 'part'; readonly name: 'batches'; readonly items: readonly (readonly string[])[] };
