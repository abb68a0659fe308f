import type { TaskEnd } from '../../domain/task.ts';
import { endTask } from '../ending.ts';
import { type Answer, done, nothingToDo, type Request, refuse } from './request.ts';
import { targetOf } from './target.ts';

/** `cancel`: ends the task; its branch and draft are kept, and what waits for it stays blocked. */
export const cancel = (request: Request): Answer => end(request, 'cancelled');

/** `skip`: leaves the task out; what waits for it goes on. */
export const skip = (request: Request): Answer => end(request, 'skipped');

function end({ facts, issue, author }: Request, as: TaskEnd): Answer {
  const target = targetOf(facts, issue);
  if (target.kind === 'run')
    return nothingToDo(
      'This is the tracking issue of a run.',
      `Name the task: \`/parallel ${as === 'skipped' ? 'skip' : 'cancel'} #12\`.`,
    );
  if (target.kind === 'none') return refuse({ kind: 'not-a-task', issue });
  const { ended } = target.view.task;
  if (ended && (ended.as === 'landed' || ended.as === as)) {
    return nothingToDo(
      `#${target.view.task.issue} is ${ended.as} already.`,
      'There is nothing left to do for it.',
    );
  }
  return done(endTask(facts, target.view, { as, cause: `@${author} said so` }));
}
