import { admissionOf, isLabelled } from '../admission.ts';
import { type Answer, done, nothingToDo, type Request, refuse } from './request.ts';
import { targetOf } from './target.ts';

/**
 * `retry`: the task is tried again with a fresh count of rounds. One whose run is over joins the current run, or opens
 * the next.
 */
export function retry({ facts, issue, author }: Request): Answer {
  const target = targetOf(facts, issue);
  if (target.kind === 'run')
    return nothingToDo('This is the tracking issue of a run.', 'Name the task: `/parallel retry #12`.');
  if (target.kind === 'none') return readmit({ facts, issue, author });
  const { task, last } = target.view;
  const failing = last?.outcome != null && last.outcome.class !== 'succeeded';
  if (task.ended?.as === 'landed')
    return nothingToDo(`#${task.issue} has landed already.`, 'Open a new issue for more work.');
  if (!task.ended && !task.needsHuman && !failing) {
    return nothingToDo(
      `#${task.issue} has not failed.`,
      `\`/parallel explain #${task.issue}\` says what it waits for.`,
    );
  }
  const count = last?.number ?? 0;
  // An ended task gave its keys back, and another may have taken them since; one that waited for a person kept them.
  const released = task.ended ? { releasedAttempts: count } : {};
  const patch = { ended: null, needsHuman: null, forgivenAttempts: count, requestedBy: author, ...released };
  return done([{ kind: 'update-task', runId: task.runId, issue: task.issue, patch }]);
}

/** A labelled issue that an earlier run left behind: it may join again. */
function readmit({ facts, issue, author }: Omit<Request, 'at'>): Answer {
  const known = facts.world.issues.get(issue);
  const admission = admissionOf(facts, issue);
  if (!known || !isLabelled(known) || !admission) return refuse({ kind: 'not-a-task', issue });
  return done([
    {
      kind: 'admit',
      admission: { ...admission, actor: author, allowed: true, joined: false, seenAt: facts.now },
    },
  ]);
}
