import type { Attempt } from '../domain/attempt.ts';
import type { Effect } from '../domain/effect.ts';
import type { Facts } from '../domain/facts.ts';
import type { Policy } from '../domain/policy.ts';
import type { Review } from '../domain/pull.ts';
import type { Need } from '../render/causes.ts';
import { inlineReply, reviewAnswer } from '../render/comments.ts';
import { handToHuman } from './ending.ts';
import { answerKey } from './keys.ts';
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
  // The last try's work is pushed for people to look at even where its checks failed: that answers nobody.
  if (attempt.outcome?.class !== 'succeeded') return [];
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
  return handToHuman(facts, view, used);
}

function exhausted(policy: Policy, view: TaskView): Extract<Need, { kind: 'rounds' }> | null {
  if (unansweredReviews(view).length > 0) {
    const limit = policy.rounds.review;
    return roundsOf(view, 'review') >= limit ? { kind: 'rounds', of: 'review', limit } : null;
  }
  const limit = policy.rounds.conflict;
  const conflicting = view.pull?.mergeable === false;
  return conflicting && roundsOf(view, 'conflict') >= limit
    ? { kind: 'rounds', of: 'conflict', limit }
    : null;
}
