import type { Account } from '../account.ts';
import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import type { PullRequest, Review, ReviewComment, ReviewThread } from '../pull.ts';
import { pullSimpleShape } from '../shapes/pull.ts';
import { type PullAt, reviewCommentShape } from '../shapes/review.ts';
import { nodeId, type Repository } from '../state.ts';

/** All comments on lines, oldest first, but for those of reviews that are not sent yet. */
export function publicComments(pull: PullRequest): readonly ReviewComment[] {
  const pending = new Set(pull.reviews.filter(({ state }) => state === 'PENDING').map(({ id }) => id));
  return pull.threads
    .flatMap(({ comments }) => comments)
    .filter(({ reviewId }) => !pending.has(reviewId))
    .sort((left, right) => left.id - right.id);
}

export function commentsOf(pull: PullRequest, review: Review): readonly ReviewComment[] {
  return pull.threads.flatMap(({ comments }) => comments).filter(({ reviewId }) => reviewId === review.id);
}

/** The conversation that a comment belongs to. */
export function threadOf(pull: PullRequest, commentId: number): ReviewThread | undefined {
  return pull.threads.find(({ comments }) => comments.some(({ id }) => id === commentId));
}

/** A comment on a line by its id, and the pull request that it is on. */
export function commentById(
  repo: Repository,
  id: number,
): { readonly pull: PullRequest; readonly comment: ReviewComment } | undefined {
  for (const pull of repo.pulls.values()) {
    const comment = publicComments(pull).find((one) => one.id === id);
    if (comment) return { pull, comment };
  }
  return undefined;
}

/** Marks a conversation as settled, or opens it again. */
export function resolveThread(
  box: BoxCore,
  at: PullAt,
  thread: ReviewThread,
  { by, resolved }: { readonly by: Author; readonly resolved: boolean },
): void {
  if ((thread.resolvedById !== null) === resolved) return;
  thread.resolvedById = resolved ? by.account.id : null;
  emitThread(box, at, thread, { action: resolved ? 'resolved' : 'unresolved', sender: by.account });
  box.changed(at.repo);
}

function emitThread(
  box: BoxCore,
  at: PullAt,
  thread: ReviewThread,
  { action, sender }: { readonly action: string; readonly sender: Account },
): void {
  const comments = thread.comments.map((comment) => reviewCommentShape(box, at, comment));
  const payload = {
    thread: { node_id: nodeId('thread', thread.id), comments },
    pull_request: pullSimpleShape(box, at.repo, at.pull),
  };
  box.emit({ event: 'pull_request_review_thread', action, repo: at.repo, sender, payload });
}
