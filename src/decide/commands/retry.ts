import type { Effect } from '../../domain/effect.ts';
import type { Facts } from '../../domain/facts.ts';
import { admissionOf, isLabelled } from '../admission.ts';
import { openAgain } from '../pull-requests.ts';
import { type Answer, done, type Request, refuse } from './request.ts';
import { noTask, type Target, targetOf } from './target.ts';

/**
 * `retry`: the task is tried again with a fresh count of rounds. One whose run is over joins the current run, or opens
 * the next.
 */
export function retry({ facts, issue, author }: Request): Answer {
  const target = targetOf(facts, issue);
  if (target.kind === 'run') return noTask(facts, target, 'retry');
  if (target.kind === 'none') return readmit(facts, target, author);
  const { task, last } = target.view;
  const failing = last?.outcome != null && last.outcome.class !== 'succeeded';
  if (task.ended?.as === 'landed') return refuse({ kind: 'ended-already', issue: task.issue, as: 'landed' });
  if (!task.ended && !task.needsHuman && !failing) return refuse({ kind: 'not-failed', issue: task.issue });
  const count = last?.number ?? 0;
  // An ended task gave its keys back, and another may have taken them since; one that waited for a person kept them.
  const released = task.ended ? { releasedAttempts: count } : {};
  const patch = { ended: null, needsHuman: null, forgivenAttempts: count, requestedBy: author, ...released };
  const revived: Effect = { kind: 'update-task', runId: task.runId, issue: task.issue, patch };
  return done([revived, ...openAgain(facts, target.view)]);
}

/** A labelled issue that an earlier run left behind: it may join again. */
function readmit(facts: Facts, target: Extract<Target, { kind: 'none' }>, author: string): Answer {
  const known = facts.world.issues.get(target.issue);
  const admission = admissionOf(facts, target.issue);
  if (!known || !isLabelled(known) || !admission) return noTask(facts, target, 'retry');
  return done([
    {
      kind: 'admit',
      admission: { ...admission, actor: author, allowed: true, joined: false, seenAt: facts.now },
    },
  ]);
}
