import type { Effect } from '../domain/effect.ts';
import type { Facts } from '../domain/facts.ts';
import { PARALLEL_LABEL } from '../domain/issue.ts';
import { endTask } from './ending.ts';
import { type TaskView, viewTasks } from './lookup.ts';
import type { Ruling } from './rule.ts';

/** Removing the label or closing the issue takes a task out: its attempt is cancelled, branch and draft are kept. */
export function withdraw(facts: Facts): Ruling {
  const leaving = viewTasks(facts).flatMap((view): readonly Effect[] => {
    const cause = whyLeaving(facts, view);
    return cause ? endTask(facts, view, { as: 'withdrawn', cause }) : [];
  });
  return { effects: leaving };
}

/** Null: it stays. Work that has landed closes its issue too, and is no withdrawal. */
function whyLeaving(facts: Facts, view: TaskView): string | null {
  if (view.task.ended || view.mergeSha || view.pull?.merged) return null;
  if (!view.issue) return `issue #${view.task.issue} can no longer be read: deleted or moved`;
  const { issue } = view.issue;
  if (issue.state === 'closed') return `issue #${issue.number} was closed`;
  if (view.run.scope.kind === 'rolling') return labelGone(issue.labels, `#${issue.number}`);
  return whyLeavingEpic(facts, view.run.scope.issue, issue.number);
}

function whyLeavingEpic(facts: Facts, epic: number, issue: number): string | null {
  const parent = facts.world.issues.get(epic);
  if (!parent) return `the epic #${epic} can no longer be read: deleted or moved`;
  if (parent.issue.state === 'closed') return `the epic #${epic} was closed`;
  if (!parent.subIssues.includes(issue)) return `#${issue} is no longer a sub-issue of #${epic}`;
  return labelGone(parent.issue.labels, `the epic #${epic}`);
}

const labelGone = (labels: readonly string[], where: string): string | null =>
  labels.includes(PARALLEL_LABEL) ? null : `the label \`${PARALLEL_LABEL}\` was removed from ${where}`;
