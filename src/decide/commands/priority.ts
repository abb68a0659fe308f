import type { Priority } from '../../domain/task.ts';
import { type Answer, done, type Request, refuse } from './request.ts';
import { noTask, targetOf } from './target.ts';

/** `priority high`: a tier above the plan's own order; the plan gets its next revision. */
export function prioritise({ facts, issue }: Request, priority: Priority): Answer {
  const target = targetOf(facts, issue);
  if (target.kind !== 'task') return noTask(facts, target, 'priority');
  const { runId, ended } = target.view.task;
  if (ended) return refuse({ kind: 'ended-already', issue: target.view.task.issue, as: ended.as });
  return done([{ kind: 'update-task', runId, issue: target.view.task.issue, patch: { priority } }]);
}
