/** The library: what programs can use of the planner without the App. */
export type { CodePackage, HotFile, OwnerRule } from './domain/code-map.ts';
export type { TextDependency } from './domain/dependency.ts';
export type { DispatchStart, DispatchWait, DispatchWaitReason } from './domain/dispatch.ts';
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
export {
  createProviders,
  type Diagnostic,
  type DiagnosticsProvider,
  type Labels,
  type Metric,
  type MetricsProvider,
  type ProviderKinds,
  type Providers,
  type RepositoryInfo,
  type RepositoryInfoProvider,
  type SourceTree,
  type WorkspaceGraph,
  type WorkspaceGraphProvider,
} from './domain/ports/providers.ts';
export type { Priority } from './domain/task.ts';
export { type CreatePlanOptions, createPlan } from './plan/create-plan.ts';
export { parseDependencies } from './plan/dependencies.ts';
export { errorsByPackage, errorsFirst, rankPackages } from './plan/diagnostics/errors-first.ts';
export { createDispatcher } from './plan/dispatch/create-dispatcher.ts';
export { Dispatcher } from './plan/dispatch/dispatcher.ts';
export { explainPlan } from './plan/explain/explain.ts';
export { PlanError } from './plan/plan-error.ts';
export { planNow } from './plan/plan-now.ts';
export { replan } from './plan/replan.ts';
export {
  createMemoryMetrics,
  type MemoryMetrics,
  type MemoryMetricsOptions,
  type MetricFamily,
  noMetrics,
  type Series,
} from './telemetry/metrics.ts';
