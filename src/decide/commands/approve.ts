import type { Effect } from '../../domain/effect.ts';
import type { Facts } from '../../domain/facts.ts';
import { isEditedSince } from '../edits.ts';
import { policyOf, type TaskView } from '../lookup.ts';
import { type Answer, done, nothingToDo, type Request, refuse } from './request.ts';
import { targetOf, tasksOf } from './target.ts';

/**
 * `approve`: on the tracking issue the plan with all of its tasks; on a task's issue or pull request that task, its
 * present text, and its changes of protected paths.
 */
export function approve({ facts, issue, at }: Request): Answer {
  const target = targetOf(facts, issue);
  if (target.kind === 'none') return refuse({ kind: 'not-a-task', issue });
  const waiting = tasksOf(facts, target).filter((view) => !view.task.ended);
  const planned = waiting.filter((view) => waitsForPlan(facts, view));
  const asked =
    target.kind === 'task'
      ? waiting.filter((view) => waitsForItself(view) || planned.includes(view))
      : planned;
  if (asked.length === 0) return nothingWaits(waiting.filter(waitsForItself));
  // Nobody can have read what was written after the approval.
  const edited = asked.find((view) => view.issue && isEdited(view) && isEditedSince(facts, view.issue, at));
  if (edited)
    return nothingToDo(
      `The text of #${edited.task.issue} was edited after this comment.`,
      'Read it again, then approve it in a new comment.',
    );
  return done(asked.map((view) => approval(facts, view, target.kind === 'task')));
}

const waitsForPlan = (facts: Facts, { task }: TaskView): boolean =>
  policyOf(facts)?.approval !== 'none' && task.approvedAt === null;

const waitsForItself = (view: TaskView): boolean => view.task.needsHuman !== null || isEdited(view);

const isEdited = ({ task, issue }: TaskView): boolean => issue !== null && issue.textHash !== task.textHash;

const nothingWaits = (alone: readonly TaskView[]): Answer =>
  nothingToDo(
    'Nothing here waits for an approval.',
    alone.length === 0
      ? '`/parallel status` says what each task waits for.'
      : `A new text or a result is approved where it can be read: on ${alone.map(({ task }) => `#${task.issue}`).join(', ')}.`,
  );

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
