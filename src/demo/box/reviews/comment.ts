import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { issueOf } from '../find.ts';
import type { PatchLine } from '../git/hunk.ts';
import { noteMentions } from '../issues/mentions.ts';
import type { Review, ReviewComment, ReviewThread } from '../pull.ts';
import { pullSimpleShape } from '../shapes/pull.ts';
import { type PullAt, reviewCommentShape } from '../shapes/review.ts';
import { nextId } from '../state.ts';

export interface NewReviewComment {
  readonly review: Review;
  readonly by: Author;
  readonly body: string;
  readonly path: string;
  readonly anchor: PatchLine;
  readonly startLine?: number | undefined;
}

/** Starts a conversation on a line. */
export function startThread(box: BoxCore, { pull }: PullAt, wanted: NewReviewComment): ReviewComment {
  const { anchor, path, review } = wanted;
  const comment: ReviewComment = {
    ...written(box, wanted),
    reviewId: review.id,
    inReplyToId: null,
    path,
    line: anchor.line,
    originalLine: anchor.line,
    startLine: wanted.startLine ?? null,
    side: anchor.side,
    diffHunk: anchor.hunk,
    position: anchor.position,
    commitSha: review.commitSha,
    originalCommitSha: review.commitSha,
  };
  pull.threads.push({ id: nextId(box.world), resolvedById: null, outdated: false, comments: [comment] });
  return comment;
}

/** Answers in a conversation, on the line of its first comment. */
export function addReply(
  box: BoxCore,
  thread: ReviewThread,
  wanted: { readonly review: Review; readonly by: Author; readonly body: string },
): ReviewComment {
  const [first] = thread.comments;
  if (!first) throw new Error(`the conversation ${thread.id} has no comment`);
  const comment: ReviewComment = {
    ...first,
    ...written(box, wanted),
    reviewId: wanted.review.id,
    inReplyToId: first.id,
  };
  thread.comments.push(comment);
  return comment;
}

/** Tells of a comment that everybody can see now. */
export function announceComment(box: BoxCore, at: PullAt, comment: ReviewComment, by: Author): void {
  const { repo, pull } = at;
  noteMentions(box, issueOf(repo, pull.number), by, comment.body);
  const payload = {
    comment: reviewCommentShape(box, at, comment),
    pull_request: pullSimpleShape(box, repo, pull),
  };
  box.emit({ event: 'pull_request_review_comment', action: 'created', repo, sender: by.account, payload });
}

function written(box: BoxCore, { by, body }: { readonly by: Author; readonly body: string }) {
  const now = box.clock.now();
  return {
    id: nextId(box.world),
    authorId: by.account.id,
    appId: by.appId,
    body,
    createdAt: now,
    updatedAt: now,
    lastEditedAt: null,
    lastEditorId: null,
    reactions: [],
  };
}
