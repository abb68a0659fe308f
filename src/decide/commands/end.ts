import type { TaskEnd } from '../../domain/task.ts';
import { saidCause } from '../../render/causes.ts';
import { endTask } from '../ending.ts';
import { type Answer, done, type Request, refuse } from './request.ts';
import { noTask, targetOf } from './target.ts';

/** `cancel`: ends the task; its branch and draft are kept, and what waits for it stays blocked. */
export const cancel = (request: Request): Answer => end(request, 'cancelled');

/** `skip`: leaves the task out; what waits for it goes on. */
export const skip = (request: Request): Answer => end(request, 'skipped');

function end({ facts, issue, author }: Request, as: Extract<TaskEnd, 'cancelled' | 'skipped'>): Answer {
  const target = targetOf(facts, issue);
  if (target.kind !== 'task') return noTask(facts, target, as === 'skipped' ? 'skip' : 'cancel');
  const { task } = target.view;
  if (task.ended && (task.ended.as === 'landed' || task.ended.as === as))
    return refuse({ kind: 'ended-already', issue: task.issue, as: task.ended.as });
  return done(endTask(facts, target.view, { as, cause: saidCause(author) }));
}
