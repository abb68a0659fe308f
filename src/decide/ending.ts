import type { Effect } from '../domain/effect.ts';
import type { Facts } from '../domain/facts.ts';
import type { TaskEnd } from '../domain/task.ts';
import { type Need, needText } from '../render/causes.ts';
import { needsHumanComment } from '../render/comments.ts';
import { noticeKey } from './keys.ts';
import { isLive, type TaskView } from './lookup.ts';

/** Ends a task and asks for its attempt to be cancelled, if one runs. */
export function endTask(
  facts: Facts,
  view: TaskView,
  end: { as: TaskEnd; cause: string },
): readonly Effect[] {
  const { runId, issue } = view.task;
  const ended = { ...end, at: facts.now, mergeSha: view.mergeSha };
  return [{ kind: 'update-task', runId, issue, patch: { ended, needsHuman: null } }, ...cancelLive(view)];
}

/** Asks for the running attempt to be cancelled; nothing where none runs. */
function cancelLive({ last }: TaskView): readonly Effect[] {
  return last && isLive(last) && !last.cancelRequested ? [{ kind: 'cancel-attempt', attempt: last.id }] : [];
}

/**
 * Hands a task to the person who asked for it. A comment tells them, where the work can be seen: nobody is notified of
 * what is edited into a tracking issue.
 */
export function handToHuman(facts: Facts, view: TaskView, need: Need): readonly Effect[] {
  const { runId, issue, requestedBy: who, forgivenAttempts } = view.task;
  const words = { ...needText(need, issue), who };
  const occasion = `needs-human/${need.kind}/${view.last?.number ?? 0}/${forgivenAttempts}`;
  return [
    { kind: 'update-task', runId, issue, patch: { needsHuman: { ...words, at: facts.now } } },
    {
      kind: 'comment',
      key: noticeKey(runId, issue, occasion),
      runId,
      mode: 'once',
      issue: view.pullNumber ?? issue,
      body: needsHumanComment({ ...words, issue, attempts: view.attempts }),
    },
  ];
}
