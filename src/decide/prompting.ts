import type { Attempt } from '../domain/attempt.ts';
import type { Facts } from '../domain/facts.ts';
import type { Policy } from '../domain/policy.ts';
import { attemptCause } from '../render/causes.ts';
import {
  conflictPrompt,
  implementPrompt,
  type PreviousFailure,
  type PromptContext,
  reviewPrompt,
} from '../render/prompts.ts';
import { causeWord } from '../render/words.ts';
import type { TaskView } from './lookup.ts';
import type { Wanted } from './wanted.ts';

/** The words for the agent. Only the approved text of the issue and reviews by people who may write get in. */
export function promptFor(given: { facts: Facts; policy: Policy; view: TaskView; wanted: Wanted }): string {
  const { view, wanted } = given;
  const context = contextOf(given);
  switch (wanted.kind) {
    case 'implement':
      return implementPrompt(context);
    case 'review':
      return reviewPrompt(context, reviewTexts(view, wanted));
    case 'conflict':
      return conflictPrompt(context);
    default:
      return wanted.kind satisfies never;
  }
}

function contextOf({
  facts,
  policy,
  view,
  wanted,
}: {
  facts: Facts;
  policy: Policy;
  view: TaskView;
  wanted: Wanted;
}): PromptContext {
  const { owner, name, defaultBranch } = facts.world.repository;
  const { task, issue } = view;
  return {
    repository: { owner, name, defaultBranch },
    branch: task.branch,
    attempt: (view.last?.number ?? 0) + 1,
    task: { issue: task.issue, title: issue?.issue.title ?? '', body: issue?.issue.body ?? '' },
    verify: policy.verify,
    previous: wanted.cause.retry ? previousOf(view, wanted.cause.retry) : null,
  };
}

function previousOf(view: TaskView, retry: NonNullable<Wanted['cause']['retry']>): PreviousFailure | null {
  const attempt = view.attempts.find((known) => known.number === retry.after);
  if (!attempt) return null;
  // Good work may have failed to come home.
  const good = attempt.outcome?.class === 'succeeded';
  const what = good ? causeWord(retry.failure) : attemptCause(attempt);
  return { attempt: attempt.number, what, outputs: outputsOf(attempt) };
}

function outputsOf({ outcome }: Attempt): PreviousFailure['outputs'] {
  const failed = (outcome?.verify ?? []).filter((result) => result.exitCode !== 0);
  return failed.map((result) => ({ name: result.command, tail: result.tail }));
}

/** The reviews that the attempt answers, as they stand on the pull request. */
function reviewTexts({ pull }: TaskView, { cause }: Wanted) {
  return (pull?.reviews ?? []).filter((review) => cause.reviews.includes(review.id));
}
