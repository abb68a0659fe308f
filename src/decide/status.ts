import type { Facts } from '../domain/facts.ts';
import { refText } from '../domain/ids.ts';
import type { Policy } from '../domain/policy.ts';
import { approvalsOf, type Pull, standingReviews } from '../domain/pull.ts';
import type { TaskStatus, WaitReason } from '../domain/task.ts';
import { type Waits, waitsOf } from './blockers.ts';
import { isLive, policyOf, pushOf, type TaskView, viewTasks } from './lookup.ts';
import { queueOf } from './queue.ts';

/** Where every task stands, by issue: derived at each look from attempts, pull requests and what gates a start. */
export function statusesOf(facts: Facts): ReadonlyMap<number, TaskStatus> {
  const views = viewTasks(facts);
  const policy = policyOf(facts);
  const gates = waitsOf(facts, views);
  const waits = policy ? queueOf({ facts, policy, views, gates }).waits : new Map<number, WaitReason>();
  return new Map(
    views.map((view) => [
      view.task.issue,
      statusOf({ view, facts, policy, wait: waits.get(view.task.issue) ?? null, gates }),
    ]),
  );
}

function statusOf(given: {
  view: TaskView;
  facts: Facts;
  policy: Policy | null;
  wait: WaitReason | null;
  gates: Waits;
}): TaskStatus {
  const { view, facts, policy, wait } = given;
  const { task, last } = view;
  if (task.ended) return { state: task.ended.as, cause: task.ended.cause };
  if (task.needsHuman) return { state: 'needs-human', need: task.needsHuman };
  if (last && isLive(last))
    return { state: 'running', phase: last.startedAt === null ? 'queued' : 'working' };
  if (wait) return { state: 'waiting', reason: wait };
  if (last && isPublishing(facts, view)) return { state: 'running', phase: 'publishing' };
  if (view.pullNumber !== null)
    return policy ? pullStatus(policy, view, landingBlockers(given)) : { state: 'review', waitsFor: '' };
  return policy ? { state: 'ready' } : { state: 'waiting', reason: { kind: 'config' } };
}

/** The work is home but not yet shown as a pull request. */
function isPublishing(facts: Facts, { last, pullNumber }: TaskView): boolean {
  if (last?.outcome?.class !== 'succeeded') return false;
  return pushOf(facts, last) === null || pullNumber === null;
}

/** What must land first, although the work is done: a dependency that came, or came back, late. Empty: nothing. */
function landingBlockers({ facts, gates, view }: { facts: Facts; gates: Waits; view: TaskView }): string {
  const by = gates.blocked.get(view.task.issue) ?? [];
  return by.map((each) => `${refText(each.ref, facts.world.repository)} (${each.because})`).join(', ');
}

function pullStatus(policy: Policy, { pull, fresh, task }: TaskView, blockers: string): TaskStatus {
  const reviewer = `a review by @${task.requestedBy} or another person who may write`;
  if (!pull || !fresh)
    return { state: 'review', waitsFor: policy.merge.approvals > 0 ? reviewer : 'its checks' };
  const missing = whyNotLanding(policy, pull, reviewer);
  if (missing) return { state: 'review', waitsFor: missing };
  if (blockers) return { state: 'landing', waitsFor: `${blockers} to land or to be closed` };
  if (!policy.merge.auto)
    return { state: 'landing', waitsFor: `@${task.requestedBy} to merge it: it is approved and green` };
  return {
    state: 'landing',
    waitsFor: pull.mergeable === null ? 'GitHub to say whether it can be merged' : '',
  };
}

/** What a pull request still needs from people or checks; null: nothing. */
export function whyNotLanding(policy: Policy, pull: Pull, reviewer = 'a review'): string | null {
  if (pull.draft) return 'somebody to mark the draft as ready';
  const objections = standingReviews(pull.reviews).filter(
    (review) => review.state === 'changes-requested' && review.authorMayWrite,
  );
  const objector = objections[0];
  if (objector) return `@${objector.author} to review again`;
  const short = policy.merge.approvals - approvalsOf(pull);
  if (short > 0) return short === 1 ? reviewer : `${short} approvals: ${reviewer}`;
  switch (pull.checks.state) {
    case 'failure':
      return `the failed check ${pull.checks.names.join(', ')}`;
    case 'pending':
      return `the check ${pull.checks.names.join(', ')}`;
    case 'unread':
      return 'its checks';
    case 'none':
    case 'success':
      return null;
    default:
      return pull.checks.state satisfies never;
  }
}
