import type { Attempt } from '../domain/attempt.ts';
import type { Effect } from '../domain/effect.ts';
import type { Facts } from '../domain/facts.ts';
import type { Policy } from '../domain/policy.ts';
import { attemptCause } from '../render/causes.ts';
import { failureComment } from '../render/comments.ts';
import { endTask, handToHuman } from './ending.ts';
import { noticeKey, pushKey } from './keys.ts';
import { policyOf, pushOf, type TaskView, viewTasks } from './lookup.ts';
import type { Ruling } from './rule.ts';
import { failureOf, roundsLeft } from './wanted.ts';

/** What came back from the workers: good work is pushed, also while the policy cannot be read; a failure is tried again until its rounds are used up. */
export function takeOutcomes(facts: Facts): Ruling {
  const policy = policyOf(facts);
  return { effects: viewTasks(facts).flatMap((view) => takeOutcome(facts, policy, view)) };
}

function takeOutcome(facts: Facts, policy: Policy | null, view: TaskView): readonly Effect[] {
  const { last, task } = view;
  if (!last?.outcome || task.ended || task.needsHuman) return [];
  const push = pushOf(facts, last);
  if (last.outcome.class === 'succeeded' && !push) return [pushWork(view, last)];
  // Once more after a person has said so: what they removed may have been the cause.
  if (push?.kind === 'refused' && !push.stale && last.number > task.forgivenAttempts)
    return handToHuman(facts, view, { kind: 'push-refused', message: push.message });
  const failure = failureOf(facts, last);
  // How many rounds there are, only a valid policy says.
  if (!policy || !failure || failure === 'cancelled' || roundsLeft(facts, policy, view) > 0) return [];
  return giveUp(facts, view, last);
}

function pushWork({ task, head }: TaskView, attempt: Attempt): Effect {
  const key = pushKey(attempt.id);
  return {
    kind: 'push',
    key,
    runId: task.runId,
    mode: 'once',
    attempt: attempt.id,
    branch: task.branch,
    expected: head,
  };
}

/**
 * The rounds are used up. Work that only its checks spoke against is pushed all the same, so that people can look at it;
 * a task with a pull request stays open for a person, another one ends.
 */
function giveUp(facts: Facts, view: TaskView, last: Attempt): readonly Effect[] {
  const shown = last.outcome?.bundle ? [pushWork(view, last)] : [];
  if (view.pullNumber !== null)
    return [...shown, ...handToHuman(facts, view, { kind: 'failed', attempt: last })];
  const cause = attemptCause(last);
  return [...shown, ...endTask(facts, view, { as: 'failed', cause }), tell(view, last, cause)];
}

function tell({ task, attempts }: TaskView, last: Attempt, cause: string): Effect {
  const key = noticeKey(task.runId, task.issue, `failed/${last.number}`);
  const body = failureComment({
    issue: task.issue,
    requestedBy: task.requestedBy,
    cause,
    attempts,
    branch: last.outcome?.bundle ? task.branch : null,
  });
  return { kind: 'comment', key, runId: task.runId, mode: 'once', issue: task.issue, body };
}
