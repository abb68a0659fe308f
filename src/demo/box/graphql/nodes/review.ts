import { iso, isoOrNull } from '../../clock.ts';
import { accountById } from '../../find.ts';
import type { Review, ReviewComment, ReviewThread } from '../../pull.ts';
import { commentsOf } from '../../reviews/threads.ts';
import { pullPage } from '../../shapes/pull.ts';
import type { PullAt } from '../../shapes/review.ts';
import { nodeId } from '../../state.ts';
import { connection } from '../connection.ts';
import type { Node, View } from '../view.ts';
import { textFields, times } from './text.ts';

export function review(view: View, at: PullAt, one: Review): Node {
  const { repo, pull } = at;
  const written = one.submittedAt ?? view.box.clock.now();
  return {
    __typename: 'PullRequestReview',
    id: nodeId('review', one.id),
    ...textFields(view, repo, one),
    ...times({ createdAt: written, updatedAt: one.lastEditedAt ?? written }),
    state: one.state,
    submittedAt: isoOrNull(one.submittedAt),
    comments: connection('comments', commentsOf(pull, one), (comment) => view.reviewComment(at, comment)),
    pullRequest: () => view.pull(repo, pull),
    url: `${pullPage(view.box, repo, pull.number)}#pullrequestreview-${one.id}`,
  };
}

export function reviewComment(view: View, at: PullAt, one: ReviewComment): Node {
  const { repo, pull } = at;
  const parent = pull.threads.flatMap(({ comments }) => comments).find(({ id }) => id === one.inReplyToId);
  const owner = pull.reviews.find(({ id }) => id === one.reviewId);
  return {
    __typename: 'PullRequestReviewComment',
    id: nodeId('reviewComment', one.id),
    ...textFields(view, repo, one),
    ...times(one),
    path: one.path,
    line: one.line,
    originalLine: one.originalLine,
    startLine: one.startLine,
    diffHunk: one.diffHunk,
    outdated: one.line === null,
    isMinimized: false,
    state: owner?.state === 'PENDING' ? 'PENDING' : 'SUBMITTED',
    draftedAt: iso(one.createdAt),
    replyTo: () => (parent ? view.reviewComment(at, parent) : null),
    pullRequest: () => view.pull(repo, pull),
    pullRequestReview: () => (owner ? view.review(at, owner) : null),
    url: `${pullPage(view.box, repo, pull.number)}#discussion_r${one.id}`,
  };
}

export function thread(view: View, at: PullAt, one: ReviewThread): Node {
  const { repo, pull } = at;
  const [first] = one.comments;
  const resolver = one.resolvedById;
  return {
    __typename: 'PullRequestReviewThread',
    id: nodeId('thread', one.id),
    isResolved: resolver !== null,
    isCollapsed: resolver !== null,
    isOutdated: one.outdated,
    resolvedBy: () => (resolver === null ? null : view.account(accountById(view.box.world, resolver))),
    path: first?.path ?? '',
    line: first?.line ?? null,
    originalLine: first?.originalLine ?? null,
    startLine: first?.startLine ?? null,
    diffSide: first?.side ?? 'RIGHT',
    subjectType: 'LINE',
    comments: connection('comments', one.comments, (comment) => view.reviewComment(at, comment)),
    pullRequest: () => view.pull(repo, pull),
    repository: () => view.repository(repo),
  };
}
