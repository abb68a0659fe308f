import type { Effect } from '../../domain/effect.ts';
import type { Facts } from '../../domain/facts.ts';
import { isEditedSince } from '../edits.ts';
import { policyOf, type TaskView } from '../lookup.ts';
import { unapprovedPaths } from '../protecting.ts';
import { type Answer, done, type Request, refuse } from './request.ts';
import { noTask, type Target, targetOf, tasksOf } from './target.ts';

/**
 * `approve`: on the tracking issue the plan with all of its tasks; on a task's issue or pull request that task, its
 * present text, and its changes of protected paths.
 */
export function approve({ facts, issue, at }: Request): Answer {
  const target = targetOf(facts, issue);
  if (target.kind === 'none') return noTask(facts, target, 'approve');
  const open = tasksOf(facts, target).filter((view) => !view.task.ended);
  const alone = open.filter((view) => waitsForItself(facts, view));
  const planned = open.filter((view) => waitsForPlan(facts, view));
  const asked = target.kind === 'task' ? [...new Set([...alone, ...planned])] : planned;
  if (asked.length === 0) return nothingWaits(facts, target, alone);
  // Nobody can have read what was written after the approval.
  const changed = asked.find((view) => view.issue && isEdited(view) && isEditedSince(facts, view.issue, at));
  if (changed) return refuse({ kind: 'text-changed', issue: changed.task.issue });
  return done(asked.map((view) => approval(facts, view, target.kind === 'task')));
}

const waitsForPlan = (facts: Facts, { task }: TaskView): boolean =>
  policyOf(facts)?.approval === 'plan' && task.approvedAt === null;

/** A new text, or a result that touches protected paths. What else needs a person is not mended by an approval. */
const waitsForItself = (facts: Facts, view: TaskView): boolean =>
  isEdited(view) || (view.task.needsHuman !== null && unapprovedPaths(facts, view).length > 0);

const isEdited = ({ task, issue }: TaskView): boolean => issue !== null && issue.textHash !== task.textHash;

function nothingWaits(facts: Facts, target: Target, alone: readonly TaskView[]): Answer {
  if (!policyOf(facts)) return refuse({ kind: 'config-invalid' });
  const need = target.kind === 'task' ? target.view.task.needsHuman : null;
  if (need) return refuse({ kind: 'needs-more', cause: need.cause, nextStep: need.nextStep });
  return refuse({ kind: 'nothing-to-approve', alone: alone.map(({ task }) => task.issue) });
}

/** A text or protected paths are approved one by one, where they can be read; the plan is approved as a whole. */
function approval(facts: Facts, { task, issue, last }: TaskView, single: boolean): Effect {
  const read = single
    ? { textHash: issue?.textHash ?? task.textHash, needsHuman: null, approvedAttempts: last?.number ?? 0 }
    : {};
  return {
    kind: 'update-task',
    runId: task.runId,
    issue: task.issue,
    patch: { approvedAt: facts.now, ...read },
  };
}
