import type { Effect } from '../domain/effect.ts';
import type { Facts } from '../domain/facts.ts';
import { mayEdit } from './joining.ts';
import { type TaskView, viewTasks } from './lookup.ts';
import type { Ruling } from './rule.ts';

/**
 * What was approved is what runs. A later edit by somebody who may write is such an approval itself; any other edit
 * leaves the hash as it is, and the task waits for `/parallel approve`.
 */
export function keepTexts(facts: Facts): Ruling {
  return { effects: viewTasks(facts).flatMap((view) => adopt(facts, view)) };
}

function adopt(facts: Facts, { task, issue }: TaskView): readonly Effect[] {
  if (task.ended || !issue || issue.textHash === task.textHash) return [];
  if (!issue.lastEdit || !mayEdit(facts, issue.lastEdit.editor)) return [];
  return [{ kind: 'update-task', runId: task.runId, issue: task.issue, patch: { textHash: issue.textHash } }];
}
