import { waitingForQuiet } from '../rolling.ts';
import { type Answer, done, nothingToDo, type Request } from './request.ts';

/** `run`: what is labelled now need not wait for the quiet time. */
export function runNow({ facts }: Request): Answer {
  if (waitingForQuiet(facts).length === 0 && facts.memory.runs.length === 0 && noneLabelled(facts)) {
    return nothingToDo('No open issue has the label `parallel`.', 'Label one, then say `/parallel run`.');
  }
  return done([{ kind: 'update-repository', patch: { quietSkippedAt: facts.now } }]);
}

const noneLabelled = (facts: Request['facts']): boolean =>
  [...facts.world.issues.values()].every(({ issue }) => issue.state === 'closed' || issue.isPullRequest);
