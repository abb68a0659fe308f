import type { Priority } from '../../domain/task.ts';
import { type Answer, done, nothingToDo, type Request, refuse } from './request.ts';
import { targetOf } from './target.ts';

/** `priority high`: a tier above the plan's own order; the plan gets its next revision. */
export function prioritise({ facts, issue }: Request, priority: Priority): Answer {
  const target = targetOf(facts, issue);
  if (target.kind === 'run')
    return nothingToDo('This is the tracking issue of a run.', 'Say it on the issue of a task.');
  if (target.kind === 'none') return refuse({ kind: 'not-a-task', issue });
  const { runId, ended } = target.view.task;
  if (ended)
    return nothingToDo(
      `#${target.view.task.issue} is ${ended.as} already.`,
      '`/parallel retry` brings back a task that failed.',
    );
  return done([{ kind: 'update-task', runId, issue: target.view.task.issue, patch: { priority } }]);
}
