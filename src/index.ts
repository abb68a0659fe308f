/** The library: what programs can use of the planner without the App. */
export type { TextDependency } from './domain/dependency.ts';
export type {
  Plan,
  PlanProblem,
  PlanRequest,
  PlanSearch,
  PlanTask,
  PlanWait,
  PlanWaitReason,
  PlanWorker,
  ScheduledTask,
  SearchEnd,
} from './domain/plan.ts';
export type { Priority } from './domain/task.ts';
export { type CreatePlanOptions, createPlan } from './plan/create-plan.ts';
export { parseDependencies } from './plan/dependencies.ts';
export { explainPlan } from './plan/explain/explain.ts';
export { PlanError } from './plan/plan-error.ts';
export { planNow } from './plan/plan-now.ts';
