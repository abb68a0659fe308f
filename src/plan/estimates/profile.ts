import type { Profile } from '../../domain/estimate.ts';
import { complexityOf, complexityOfLabel, PRIOR_MINUTES } from './complexity.ts';
import { taskKindOf } from './task-kind.ts';

/** Every task has this one. */
const SAYS_NOTHING = 'parallel';
const MOST_LABELS = 10;

/** What of an issue tells how long an attempt at it takes. */
export function profileOf(of: {
  readonly provider: string;
  readonly title: string;
  readonly labels: readonly string[];
}): Profile {
  const taskKind = taskKindOf(of);
  const labels = of.labels.map((label) => label.trim().toLowerCase());
  const telling = labels.filter((label) => label !== SAYS_NOTHING && complexityOfLabel(label) === null);
  return {
    provider: of.provider,
    taskKind,
    complexity: complexityOf({ ...of, taskKind }),
    labels: [...new Set(telling)].toSorted().slice(0, MOST_LABELS),
  };
}

/** Minutes that are assumed for a task of which nothing but its title is known. */
export function priorMinutesOf(title: string | undefined): number {
  if (title === undefined) return PRIOR_MINUTES.medium;
  return PRIOR_MINUTES[complexityOf({ title, labels: [], taskKind: taskKindOf({ title, labels: [] }) })];
}
