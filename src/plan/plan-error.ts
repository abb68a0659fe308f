import type { PlanProblem } from '../domain/plan.ts';

/** A request that can't be planned, with everything that is wrong with it. */
export class PlanError extends Error {
  override readonly name = 'PlanError';
  readonly problems: readonly PlanProblem[];
  constructor(problems: readonly PlanProblem[], options: { readonly cause?: unknown } = {}) {
    super(problems.map((problem) => problem.message).join('\n'), options);
    this.problems = problems;
  }
}
