import type { Attempt } from '../domain/attempt.ts';
import type { Effect } from '../domain/effect.ts';
import type { Facts } from '../domain/facts.ts';
import type { Policy } from '../domain/policy.ts';
import type { Review } from '../domain/pull.ts';
import { inlineReply, needsHumanComment, reviewAnswer } from '../render/comments.ts';
import { handToHuman } from './ending.ts';
import { answerKey, noticeKey } from './keys.ts';
import { isLive, policyOf, pushOf, type TaskView, viewTasks } from './lookup.ts';
import type { Ruling } from './rule.ts';
import { NOTHING } from './rule.ts';
import { roundsOf, unansweredReviews } from './wanted.ts';

/** Answers reviews whose changes are pushed and asks for another look; hands over when the rounds are used up. */
export function answerReviews(facts: Facts): Ruling {
  const policy = policyOf(facts);
  if (!policy) return NOTHING;
  const effects = viewTasks(facts).flatMap((view) => [
    ...view.attempts.flatMap((attempt) => answer(facts, view, attempt)),
    ...exhaust(facts, policy, view),
  ]);
  return { effects };
}

/** Every inline comment gets its reply, the pull request one answer, the reviewer a new request. */
function answer(facts: Facts, view: TaskView, attempt: Attempt): readonly Effect[] {
  const push = pushOf(facts, attempt);
  const { pull } = view;
  if (attempt.kind !== 'review' || push?.kind !== 'pushed' || !pull || view.task.ended) return [];
  const reviews = pull.reviews.filter((review) => attempt.cause.reviews.includes(review.id));
  if (reviews.length === 0) return [];
  const runId = view.task.runId;
  const body = reviewAnswer({
    sha: push.sha,
    summary: attempt.outcome?.summary ?? null,
    reviewers: reviews.map((review) => review.author),
  });
  return [
    ...reviews.flatMap((review) => inlineReplies({ review, attempt, pull: pull.number, sha: push.sha })),
    { kind: 'comment', key: answerKey(attempt.id, 'summary'), runId, mode: 'once', issue: pull.number, body },
    {
      kind: 'request-review',
      key: answerKey(attempt.id, 'request'),
      runId,
      mode: 'once',
      pull: pull.number,
      reviewers: authorsOf(reviews),
    },
  ];
}

function inlineReplies(given: {
  review: Review;
  attempt: Attempt;
  pull: number;
  sha: string;
}): readonly Effect[] {
  const { review, attempt, pull, sha } = given;
  return review.comments.map((comment) => ({
    kind: 'reply-review',
    key: answerKey(attempt.id, `comment/${comment.id}`),
    runId: attempt.runId,
    mode: 'once',
    pull,
    comment: comment.id,
    body: inlineReply({ sha }),
  }));
}

const authorsOf = (reviews: readonly Review[]): readonly string[] => [
  ...new Set(reviews.map((review) => review.author)),
];

/** Review loops end: after the last round a person decides, with a summary of what was tried. */
function exhaust(facts: Facts, policy: Policy, view: TaskView): readonly Effect[] {
  const { task, pull, last } = view;
  if (task.ended || task.needsHuman || !pull || !view.fresh || (last && isLive(last))) return [];
  if (pull.state !== 'open' || pull.merged) return [];
  const used = exhausted(policy, view);
  if (!used) return [];
  const nextStep = `Finish the pull request by hand, or comment \`/parallel retry\` on #${task.issue} to allow ${used.limit} more rounds.`;
  const cause = `${used.what} after ${used.limit} rounds.`;
  const key = noticeKey(task.runId, task.issue, `needs-human/${last?.number ?? 0}`);
  const body = needsHumanComment({
    issue: task.issue,
    who: task.requestedBy,
    cause,
    nextStep,
    attempts: view.attempts,
  });
  return [
    handToHuman(facts, view, { cause, nextStep }),
    { kind: 'comment', key, runId: task.runId, mode: 'once', issue: pull.number, body },
  ];
}

function exhausted(policy: Policy, view: TaskView): { what: string; limit: number } | null {
  if (unansweredReviews(view).length > 0) {
    const limit = policy.rounds.review;
    return roundsOf(view, 'review') >= limit ? { what: 'Changes are still requested', limit } : null;
  }
  const limit = policy.rounds.conflict;
  const conflicting = view.pull?.mergeable === false;
  return conflicting && roundsOf(view, 'conflict') >= limit
    ? { what: 'It still conflicts with the base', limit }
    : null;
}
