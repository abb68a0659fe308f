import { iso } from '../clock.ts';
import type { BoxCore } from '../core.ts';
import { accountById } from '../find.ts';
import type { PullRequest, Review, ReviewComment } from '../pull.ts';
import { nodeId, type Repository } from '../state.ts';
import { accountShape } from './account.ts';
import { association } from './issue.ts';
import { pullPage, pullUrl } from './pull.ts';
import { reactionCounts } from './reaction.ts';
import { repositoryUrl } from './repository.ts';

/** A pull request of a repository, and where both are. */
export interface PullAt {
  readonly repo: Repository;
  readonly pull: PullRequest;
}

export function reviewShape(box: BoxCore, { repo, pull }: PullAt, review: Review) {
  const html = `${pullPage(box, repo, pull.number)}#pullrequestreview-${review.id}`;
  const url = pullUrl(box, repo, pull.number);
  return {
    id: review.id,
    node_id: nodeId('review', review.id),
    user: accountShape(box, accountById(box.world, review.authorId)),
    body: review.body,
    state: review.state,
    html_url: html,
    pull_request_url: url,
    _links: { html: { href: html }, pull_request: { href: url } },
    ...(review.submittedAt !== null && { submitted_at: iso(review.submittedAt) }),
    commit_id: review.commitSha,
    author_association: association(box, repo, review.authorId),
  };
}

/** What webhooks call the states: the same words in lower case. */
export function reviewInWebhook(box: BoxCore, at: PullAt, review: Review) {
  return { ...reviewShape(box, at, review), state: review.state.toLowerCase() };
}

/** `pull-request-review-comment`: a comment on a line. */
export function reviewCommentShape(box: BoxCore, { repo, pull }: PullAt, comment: ReviewComment) {
  return {
    ...comments(box, { repo, pull }, comment),
    ...(comment.line !== null && { line: comment.line, position: comment.position }),
    original_position: comment.position,
  };
}

/** `review-comment`: the same in the list of one review. */
export function commentOfReviewShape(box: BoxCore, at: PullAt, comment: ReviewComment) {
  return {
    ...comments(box, at, comment),
    ...(comment.line !== null && { line: comment.line }),
    position: comment.line === null ? null : comment.position,
    original_position: comment.position,
  };
}

function comments(box: BoxCore, { repo, pull }: PullAt, comment: ReviewComment) {
  const url = `${repositoryUrl(box, repo)}/pulls/comments/${comment.id}`;
  const html = `${pullPage(box, repo, pull.number)}#discussion_r${comment.id}`;
  const pullAddress = pullUrl(box, repo, pull.number);
  return {
    url,
    pull_request_review_id: comment.reviewId,
    id: comment.id,
    node_id: nodeId('reviewComment', comment.id),
    diff_hunk: comment.diffHunk,
    path: comment.path,
    commit_id: comment.commitSha,
    original_commit_id: comment.originalCommitSha,
    ...(comment.inReplyToId !== null && { in_reply_to_id: comment.inReplyToId }),
    user: accountShape(box, accountById(box.world, comment.authorId)),
    body: comment.body,
    created_at: iso(comment.createdAt),
    updated_at: iso(comment.updatedAt),
    html_url: html,
    pull_request_url: pullAddress,
    author_association: association(box, repo, comment.authorId),
    _links: { self: { href: url }, html: { href: html }, pull_request: { href: pullAddress } },
    start_line: comment.startLine,
    original_start_line: comment.startLine,
    start_side: comment.startLine === null ? null : comment.side,
    original_line: comment.originalLine,
    side: comment.side,
    subject_type: 'line',
    reactions: reactionCounts(url, comment.reactions),
  };
}
