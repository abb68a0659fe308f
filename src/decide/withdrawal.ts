import type { Effect } from '../domain/effect.ts';
import type { Facts, IssueFacts } from '../domain/facts.ts';
import { hasParallelLabel } from '../domain/issue.ts';
import { type Leaving, leavingCause, type Whereabouts } from '../render/causes.ts';
import { endTask } from './ending.ts';
import { type TaskView, viewTasks } from './lookup.ts';
import type { Ruling } from './rule.ts';

/** Removing the label or closing the issue takes a task out: its attempt is cancelled, branch and draft are kept. */
export function withdraw(facts: Facts): Ruling {
  const leaving = viewTasks(facts).flatMap((view): readonly Effect[] => {
    const leaving = whyLeaving(facts, view);
    return leaving ? endTask(facts, view, { as: 'withdrawn', cause: leavingCause(leaving) }) : [];
  });
  return { effects: leaving };
}

/** Null: it stays. Work that has landed closes its issue too, and is no withdrawal. */
function whyLeaving(facts: Facts, view: TaskView): Leaving | null {
  if (view.task.ended || view.mergeSha || view.pull?.merged) return null;
  const { issue } = view.task;
  const own = { issue, isEpic: false };
  if (!view.issue) return { kind: 'unreadable', where: own };
  if (view.issue.issue.state === 'closed') return { kind: 'closed', where: own };
  const { scope } = view.run;
  return scope.kind === 'rolling' ? labelGone(view.issue, own) : whyLeavingEpic(facts, scope.issue, issue);
}

function whyLeavingEpic(facts: Facts, epic: number, issue: number): Leaving | null {
  const parent = facts.world.issues.get(epic);
  const where = { issue: epic, isEpic: true };
  if (!parent) return { kind: 'unreadable', where };
  if (parent.issue.state === 'closed') return { kind: 'closed', where };
  return parent.subIssues.includes(issue) ? labelGone(parent, where) : { kind: 'moved', issue, epic };
}

const labelGone = ({ issue }: IssueFacts, where: Whereabouts): Leaving | null =>
  hasParallelLabel(issue) ? null : { kind: 'unlabelled', where };
