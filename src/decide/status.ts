import type { Facts } from '../domain/facts.ts';
import type { Policy } from '../domain/policy.ts';
import { approvalsOf, type Checks, type Pull, standingReviews } from '../domain/pull.ts';
import type { PullWait, TaskStatus, WaitReason } from '../domain/task.ts';
import type { Waits } from './blockers.ts';
import { mergeKey } from './keys.ts';
import { isLive, policyOf, pushOf, resultOf, type TaskView } from './lookup.ts';
import { queueOf } from './queue.ts';

/** Where every task stands: derived at each look from attempts, pull requests and what gates a start. */
export function statusesOf(
  facts: Facts,
  views: readonly TaskView[],
  gates: Waits,
): ReadonlyMap<TaskView, TaskStatus> {
  const policy = policyOf(facts);
  const waits = policy ? queueOf({ facts, policy, views, gates }).waits : new Map<number, WaitReason>();
  const statusIn = (view: TaskView): TaskStatus =>
    statusOf({ view, facts, policy, wait: waits.get(view.task.issue) ?? null, gates });
  return new Map(views.map((view) => [view, statusIn(view)]));
}

interface Looking {
  readonly view: TaskView;
  readonly facts: Facts;
  readonly policy: Policy | null;
  /** Why no attempt of the task starts; null: it wants none, or one starts now. */
  readonly wait: WaitReason | null;
  readonly gates: Waits;
}

function statusOf(given: Looking): TaskStatus {
  const { view, facts, policy, wait } = given;
  const { task, last } = view;
  if (task.ended) return { state: task.ended.as, cause: task.ended.cause };
  if (task.needsHuman) return { state: 'needs-human', need: task.needsHuman };
  // Whoever held it is gone, and it can't be dispatched again.
  if (!policy && last && isLive(last) && last.lease === 'none')
    return { state: 'waiting', reason: { kind: 'config' } };
  if (last && isLive(last))
    return { state: 'running', phase: last.startedAt === null ? 'queued' : 'working' };
  if (wait) return { state: 'waiting', reason: wait };
  if (last && isPublishing(facts, view)) return { state: 'running', phase: 'publishing' };
  if (view.pullNumber !== null) return pullStatus(given);
  return policy ? { state: 'ready' } : { state: 'waiting', reason: { kind: 'config' } };
}

/** The work is home but not yet shown as a pull request. */
function isPublishing(facts: Facts, { last, pullNumber }: TaskView): boolean {
  if (last?.outcome?.class !== 'succeeded') return false;
  return pushOf(facts, last) === null || pullNumber === null;
}

/** What the pull request waits for. While the policy can't be read, nobody knows what it would have to. */
function pullStatus({ view, facts, policy, gates }: Looking): TaskStatus {
  if (!policy) return { state: 'review', wait: { kind: 'config' } };
  const { pull, fresh, task } = view;
  if (!pull || !fresh)
    return {
      state: 'review',
      wait: missingApprovals(policy, 0) ?? { kind: 'checks', state: 'unread', names: [] },
    };
  const missing = whyNotLanding(policy, pull);
  if (missing) return { state: 'review', wait: missing };
  // A dependency that came, or came back, late.
  const by = gates.blocked.get(task.issue);
  return { state: 'landing', wait: by ? { kind: 'blocked', by } : mergeWait({ facts, policy, view, pull }) };
}

function mergeWait(given: { facts: Facts; policy: Policy; view: TaskView; pull: Pull }): PullWait | null {
  const { facts, policy, view, pull } = given;
  const { task, run } = view;
  if (facts.world.repository.readOnly) return { kind: 'read-only' };
  if (!policy.merge.auto) return { kind: 'merge' };
  if (task.pausedAt !== null || run.pausedAt !== null) return { kind: 'paused' };
  const tried = resultOf(facts, mergeKey(task.runId, task.issue, pull.headSha));
  if (tried?.kind === 'refused') return { kind: 'merge-refused', message: tried.message };
  return pull.mergeable === null ? { kind: 'mergeable' } : null;
}

/** What a pull request still needs from people or checks; null: nothing. */
export function whyNotLanding(policy: Policy, pull: Pull): PullWait | null {
  if (pull.draft) return { kind: 'draft' };
  const objection = standingReviews(pull.reviews).find(
    (review) => review.state === 'changes-requested' && review.authorMayWrite,
  );
  if (objection) return { kind: 'look-again', by: objection.author };
  return missingApprovals(policy, approvalsOf(pull)) ?? checksWait(pull.checks);
}

function missingApprovals(policy: Policy, given: number): PullWait | null {
  const missing = policy.merge.approvals - given;
  return missing > 0 ? { kind: 'approvals', missing } : null;
}

function checksWait({ state, names }: Checks): PullWait | null {
  return state === 'none' || state === 'success' ? null : { kind: 'checks', state, names };
}
