/** The library: what programs can use of the planner without the App. */
export type { TextDependency } from './domain/dependency.ts';
export type {
  Plan,
  PlanProblem,
  PlanRequest,
  PlanTask,
  PlanWorker,
  ScheduledTask,
} from './domain/plan.ts';
export type { Priority } from './domain/task.ts';
export { parseDependencies } from './plan/dependencies.ts';
export { PlanError } from './plan/plan-error.ts';
export { planNow } from './plan/plan-now.ts';
