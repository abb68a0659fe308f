import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { issueOf } from '../find.ts';
import type { Issue, IssueComment } from '../issue.ts';
import { commentShape } from '../shapes/comment.ts';
import { issueShape } from '../shapes/issue.ts';
import { nextId, type Repository } from '../state.ts';
import { remember } from './announce.ts';
import { noteMentions } from './mentions.ts';

export interface NewComment {
  readonly issue: Issue;
  readonly author: Author;
  readonly body: string;
}

/** Writes a comment on an issue or pull request. */
export function addComment(
  box: BoxCore,
  repo: Repository,
  { issue, author, body }: NewComment,
): IssueComment {
  const now = box.clock.now();
  const comment: IssueComment = {
    id: nextId(box.world),
    issueNumber: issue.number,
    authorId: author.account.id,
    appId: author.appId,
    body,
    createdAt: now,
    updatedAt: now,
    lastEditedAt: null,
    lastEditorId: null,
    reactions: [],
  };
  repo.comments.set(comment.id, comment);
  remember(box, issue, author, { event: 'commented', commentId: comment.id });
  noteMentions(box, issue, author, body);
  tell(box, repo, { comment, author, action: 'created' });
  return comment;
}

interface CommentEdit {
  readonly comment: IssueComment;
  readonly author: Author;
  readonly body: string;
}

export function editComment(box: BoxCore, repo: Repository, { comment, author, body }: CommentEdit): void {
  const from = comment.body;
  if (from === body) return;
  comment.body = body;
  comment.updatedAt = box.clock.now();
  comment.lastEditedAt = comment.updatedAt;
  comment.lastEditorId = author.account.id;
  noteMentions(box, issueOf(repo, comment.issueNumber), author, body);
  tell(box, repo, { comment, author, action: 'edited', changes: { body: { from } } });
}

export function deleteComment(box: BoxCore, repo: Repository, comment: IssueComment, author: Author): void {
  tell(box, repo, { comment, author, action: 'deleted' });
  repo.comments.delete(comment.id);
}

interface CommentNews {
  readonly comment: IssueComment;
  readonly author: Author;
  readonly action: 'created' | 'edited' | 'deleted';
  readonly changes?: unknown;
}

function tell(box: BoxCore, repo: Repository, { comment, author, action, changes }: CommentNews): void {
  const payload = {
    ...(changes !== undefined && { changes }),
    issue: issueShape(box, repo, issueOf(repo, comment.issueNumber)),
    comment: commentShape(box, repo, comment),
  };
  box.emit({ event: 'issue_comment', action, repo, sender: author.account, payload });
}
