import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { HttpError } from '../errors.ts';
import { issueOf } from '../find.ts';
import { remember } from '../issues/announce.ts';
import { noteMentions } from '../issues/mentions.ts';
import type { Review, ReviewState } from '../pull.ts';
import { answered } from '../pulls/reviewers.ts';
import { pullSimpleShape } from '../shapes/pull.ts';
import { type PullAt, reviewInWebhook } from '../shapes/review.ts';
import { nextId } from '../state.ts';
import { anchors, type Spot } from './anchor.ts';
import { announceComment, startThread } from './comment.ts';
import { commentsOf } from './threads.ts';

/** What a reviewer decides; without one the review stays pending. */
export type ReviewEvent = 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT';

export interface NewReview {
  readonly by: Author;
  readonly body: string;
  readonly event?: ReviewEvent | undefined;
  readonly commitSha?: string | undefined;
  readonly comments: readonly NewSpotComment[];
}

export interface NewSpotComment extends Spot {
  readonly body: string;
  readonly startLine?: number | undefined;
}

const states: Readonly<Record<ReviewEvent, ReviewState>> = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
};

/** Writes a review with its comments on lines. 422 for one's own pull request, an empty review, an unknown line. */
export async function createReview(box: BoxCore, at: PullAt, wanted: NewReview): Promise<Review> {
  const { event, by, body } = wanted;
  if (event) refuse(at, { event, by, body, hasComments: wanted.comments.length > 0 });
  const commitSha = wanted.commitSha ?? at.pull.head.sha;
  const found = await anchored(box, at, commitSha, wanted.comments);
  const review = newReview(box, wanted, commitSha);
  at.pull.reviews.push(review);
  for (const { comment, anchor } of found) startThread(box, at, { ...comment, review, by, anchor });
  if (event) publish(box, at, review, { event, by });
  return review;
}

/** The review that GitHub makes around a single comment: it has no text of its own. */
export function singleReview(
  box: BoxCore,
  at: PullAt,
  { by, commitSha = at.pull.head.sha }: { readonly by: Author; readonly commitSha?: string | undefined },
): Review {
  const review = newReview(box, { by, body: '', comments: [] }, commitSha);
  at.pull.reviews.push(review);
  publish(box, at, review, { event: 'COMMENT', by });
  return review;
}

/** Sends a pending review off. */
export function submitReview(
  box: BoxCore,
  at: PullAt,
  review: Review,
  {
    by,
    event,
    body,
  }: { readonly by: Author; readonly event: ReviewEvent; readonly body?: string | undefined },
): void {
  if (review.state !== 'PENDING') throw unprocessable('Can not submit a review that is not pending');
  const text = body ?? review.body;
  const hasComments = commentsOf(at.pull, review).length > 0;
  refuse(at, { event, by, body: text, hasComments });
  review.body = text;
  publish(box, at, review, { event, by });
}

/** Takes the weight of an approval or of requested changes away. */
export function dismissReview(
  box: BoxCore,
  at: PullAt,
  review: Review,
  { by }: { readonly by: Author },
): void {
  if (review.state !== 'APPROVED' && review.state !== 'CHANGES_REQUESTED') {
    throw unprocessable(`Can not dismiss a ${review.state.toLowerCase()} pull request review`);
  }
  review.state = 'DISMISSED';
  remember(box, issueOf(at.repo, at.pull.number), by, { event: 'review_dismissed', reviewId: review.id });
  tell(box, at, review, { action: 'dismissed', by });
}

/** Changes a review's text, as its author may at any time. */
export function editReview(
  box: BoxCore,
  at: PullAt,
  review: Review,
  { by, body }: { readonly by: Author; readonly body: string },
): void {
  review.body = body;
  review.lastEditedAt = box.clock.now();
  review.lastEditorId = by.account.id;
  tell(box, at, review, { action: 'edited', by });
}

function newReview(box: BoxCore, { by, body }: NewReview, commitSha: string): Review {
  return {
    id: nextId(box.world),
    authorId: by.account.id,
    appId: by.appId,
    body,
    state: 'PENDING',
    commitSha,
    submittedAt: null,
    lastEditedAt: null,
    lastEditorId: null,
  };
}

interface Submission {
  readonly event: ReviewEvent;
  readonly by: Author;
  readonly body: string;
  readonly hasComments: boolean;
}

function refuse({ repo, pull }: PullAt, { event, by, body, hasComments }: Submission): void {
  const isOwn = issueOf(repo, pull.number).authorId === by.account.id;
  if (isOwn && event === 'APPROVE') throw unprocessable('Can not approve your own pull request');
  if (isOwn && event === 'REQUEST_CHANGES') {
    throw unprocessable('Can not request changes on your own pull request');
  }
  if (event !== 'APPROVE' && body === '' && !hasComments) throw unprocessable("Body can't be blank");
}

async function anchored(box: BoxCore, at: PullAt, sha: string, comments: readonly NewSpotComment[]) {
  if (comments.length === 0) return [];
  const find = await anchors(box, at.repo, at.pull, sha);
  return comments.map((comment) => {
    const anchor = find(comment);
    if (!anchor) throw unprocessable('Line could not be resolved');
    return { comment, anchor };
  });
}

function publish(
  box: BoxCore,
  at: PullAt,
  review: Review,
  { event, by }: { readonly event: ReviewEvent; readonly by: Author },
): void {
  review.state = states[event];
  review.submittedAt = box.clock.now();
  answered(at.pull, by.account.id);
  const issue = issueOf(at.repo, at.pull.number);
  remember(box, issue, by, { event: 'reviewed', reviewId: review.id });
  noteMentions(box, issue, by, review.body);
  tell(box, at, review, { action: 'submitted', by });
  for (const comment of commentsOf(at.pull, review)) announceComment(box, at, comment, by);
}

interface ReviewNews {
  readonly action: 'submitted' | 'edited' | 'dismissed';
  readonly by: Author;
}

function tell(box: BoxCore, at: PullAt, review: Review, { action, by }: ReviewNews): void {
  const payload = {
    review: reviewInWebhook(box, at, review),
    pull_request: pullSimpleShape(box, at.repo, at.pull),
  };
  box.emit({ event: 'pull_request_review', action, repo: at.repo, sender: by.account, payload });
}

function unprocessable(message: string): HttpError {
  return new HttpError(422, 'Unprocessable Entity', { details: [message] });
}
