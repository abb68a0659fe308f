import type { Effect } from '../../domain/effect.ts';
import { type Answer, done, type Request, refuse } from './request.ts';
import { noTask, type Target, targetOf } from './target.ts';

/** `pause`: nothing new starts in the run, or for the task; what runs may finish. */
export const pause = (request: Request): Answer => setPause(request, request.facts.now);

/** `resume`: goes on after a pause. */
export const resume = (request: Request): Answer => setPause(request, null);

function setPause({ facts, issue }: Request, pausedAt: number | null): Answer {
  const target = targetOf(facts, issue);
  if (target.kind === 'none') return noTask(facts, target, pausedAt === null ? 'resume' : 'pause');
  const paused = pausedAtOf(target) !== null;
  if (paused === (pausedAt !== null)) return refuse({ kind: paused ? 'paused-already' : 'not-paused' });
  return done([patchOf(target, pausedAt)]);
}

const pausedAtOf = (target: Exclude<Target, { kind: 'none' }>): number | null =>
  target.kind === 'run' ? target.run.pausedAt : target.view.task.pausedAt;

function patchOf(target: Exclude<Target, { kind: 'none' }>, pausedAt: number | null): Effect {
  if (target.kind === 'run') return { kind: 'update-run', runId: target.run.id, patch: { pausedAt } };
  const { runId, issue } = target.view.task;
  return { kind: 'update-task', runId, issue, patch: { pausedAt } };
}
