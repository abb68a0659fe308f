import type { Effect } from '../domain/effect.ts';
import type { Facts } from '../domain/facts.ts';
import type { NeedsHuman, TaskEnd } from '../domain/task.ts';
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
export function cancelLive({ last }: TaskView): readonly Effect[] {
  return last && isLive(last) && !last.cancelRequested ? [{ kind: 'cancel-attempt', attempt: last.id }] : [];
}

/** Hands a task to the person who asked for it, with the cause and the next step. */
export function handToHuman(facts: Facts, view: TaskView, need: Omit<NeedsHuman, 'at' | 'who'>): Effect {
  const { runId, issue, requestedBy } = view.task;
  return {
    kind: 'update-task',
    runId,
    issue,
    patch: { needsHuman: { ...need, at: facts.now, who: requestedBy } },
  };
}
