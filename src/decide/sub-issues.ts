import type { Effect } from '../domain/effect.ts';
import type { Facts } from '../domain/facts.ts';
import type { Run } from '../domain/run.ts';
import { subIssueKey, trackingKey } from './keys.ts';
import { resultOf } from './lookup.ts';
import { NOTHING, type Ruling } from './rule.ts';
import type { TrackingSight } from './sight.ts';

/** GitHub's limit for the children of one issue, closed ones included. */
const SUB_ISSUE_LIMIT = 100;

/** Links a rolling run's tasks under its tracking issue; a task that has a parent keeps it. */
export function linkSubIssues(facts: Facts, sight: TrackingSight, run: Run): Ruling {
  const tracking = resultOf(facts, trackingKey(run.id));
  if (run.scope.kind === 'epic' || tracking?.kind !== 'issue') return NOTHING;
  const effects = linkable(sight, run).flatMap((view): readonly Effect[] => {
    if (!view.issue || view.issue.issue.hasParent) return [];
    const key = subIssueKey(run.id, view.task.issue);
    return [
      {
        kind: 'add-sub-issue',
        key,
        runId: run.id,
        mode: 'once',
        parent: tracking.number,
        childId: view.issue.issue.id,
      },
    ];
  });
  return { effects };
}

/** The tasks that are not linked because there is no room: they are listed in the body. */
export const notLinked = (sight: TrackingSight, run: Run): readonly number[] =>
  inOrderOfJoining(sight, run)
    .slice(SUB_ISSUE_LIMIT)
    .map((view) => view.task.issue);

const linkable = (sight: TrackingSight, run: Run) => inOrderOfJoining(sight, run).slice(0, SUB_ISSUE_LIMIT);

/** An order that later members do not change, so that the same hundred stay linked. */
const inOrderOfJoining = (sight: TrackingSight, run: Run) =>
  sight.views
    .filter((view) => view.run.id === run.id)
    .toSorted((a, b) => a.task.joinedAt - b.task.joinedAt || a.task.issue - b.task.issue);
