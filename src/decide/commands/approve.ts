import type { Effect } from '../../domain/effect.ts';
import type { Facts } from '../../domain/facts.ts';
import type { TaskView } from '../lookup.ts';
import { type Answer, done, nothingToDo, type Request, refuse } from './request.ts';
import { targetOf, tasksOf } from './target.ts';

/**
 * `approve`: on the tracking issue the plan with all of its tasks; on a task's issue or pull request that task, its
 * present text, and its changes of protected paths.
 */
export function approve({ facts, issue }: Request): Answer {
  const target = targetOf(facts, issue);
  if (target.kind === 'none') return refuse({ kind: 'not-a-task', issue });
  const waiting = tasksOf(facts, target).filter((view) => needsApproval(view));
  if (waiting.length === 0)
    return nothingToDo(
      'Nothing here waits for an approval.',
      '`/parallel status` says what each task waits for.',
    );
  return done(waiting.map((view) => approval(facts, view, target.kind === 'task')));
}

const needsApproval = ({ task, issue }: TaskView): boolean =>
  !task.ended &&
  (task.approvedAt === null ||
    task.needsHuman !== null ||
    (issue !== null && issue.textHash !== task.textHash));

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
