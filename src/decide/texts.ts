import type { Effect } from '../domain/effect.ts';
import type { Facts } from '../domain/facts.ts';
import { editedComment } from '../render/comments.ts';
import { strangeEdits } from './edits.ts';
import { noticeKey } from './keys.ts';
import { policyOf, type TaskView, viewTasks } from './lookup.ts';
import type { Ruling } from './rule.ts';
import { wantedOf } from './wanted.ts';

/**
 * What was approved is what runs. A later edit by somebody who may write is such an approval itself; any other edit
 * leaves the hash as it is, and the task waits for `/parallel approve`, which is said once for each text.
 */
export function keepTexts(facts: Facts): Ruling {
  return { effects: viewTasks(facts).flatMap((view) => keepText(facts, view)) };
}

function keepText(facts: Facts, view: TaskView): readonly Effect[] {
  const { task, issue } = view;
  if (task.ended || !issue || issue.textHash === task.textHash) return [];
  const [strange] = strangeEdits(facts, issue, task.textHash);
  if (strange) return tell(facts, view, { textHash: issue.textHash, editor: strange.editor });
  const { runId } = task;
  return [{ kind: 'update-task', runId, issue: task.issue, patch: { textHash: issue.textHash } }];
}

/** Nothing is said while nothing is held up: work under way goes on with the text that was approved. */
function tell(
  facts: Facts,
  view: TaskView,
  { textHash, editor }: { textHash: string; editor: string | null },
): readonly Effect[] {
  const policy = policyOf(facts);
  if (!policy || !wantedOf(facts, policy, view)) return [];
  const { runId, issue, requestedBy } = view.task;
  const key = noticeKey(runId, issue, `edited/${textHash}`);
  const body = editedComment({ issue, editor, requestedBy });
  return [{ kind: 'comment', key, runId, mode: 'once', issue, body }];
}
