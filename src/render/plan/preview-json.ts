import type { PlanProblem } from '../../domain/plan.ts';
import { cyclePath } from '../words.ts';
import type { Preview } from './preview-view.ts';

/** A dry run as data: the plan in the form of `heddle plan FILE --json`, and what says why. */
export function previewJson(view: Preview, notes: readonly string[]): object {
  const { repository, request, plan, waits, cycles, ...more } = view;
  return {
    ...(cycles.length === 0 ? {} : { problems: cycleProblems(view) }),
    repository: `${repository.owner}/${repository.name}`,
    ...plan,
    waits,
    tasks: request.tasks,
    ...more,
    cycles,
    notes,
  };
}

/** Circles as problems of the input, in the planner's form. */
export const cycleProblems = ({ cycles }: Preview): readonly PlanProblem[] =>
  cycles.map(({ path }) => ({
    kind: 'cycle',
    path: path.map((issue) => `#${issue}`),
    message: `these issues wait for each other: ${cyclePath(path)}`,
  }));
