import type { PlanProblem } from '../../domain/plan.ts';

/** What is wrong with an option or a file; the message is the whole help. */
export const invalid = (path: string, message: string): PlanProblem => ({ kind: 'invalid', path, message });
