import type { Account } from './account.ts';
import type { Author } from './author.ts';
import type { BoxCore } from './core.ts';
import type { Issue, IssueComment, ReactionContent } from './issue.ts';
import { assign } from './issues/assignees.ts';
import { type CloseReason, closeIssue, reopenIssue } from './issues/close.ts';
import { addComment, deleteComment, editComment } from './issues/comments.ts';
import { addBlocker, removeBlocker } from './issues/dependencies.ts';
import { deleteIssue, editText, type IssueText } from './issues/edit.ts';
import { addLabels, removeLabel } from './issues/labels.ts';
import { type NewIssue, openIssue } from './issues/open.ts';
import { react } from './issues/reactions.ts';
import { addSubIssue, removeSubIssue } from './issues/sub-issues.ts';
import type { Repository } from './state.ts';

/** An account that can call the API. */
export interface Person {
  readonly account: Account;
  readonly token: string;
}

/**
 * What somebody does in one repository, as if in a browser: the same functions as behind the REST routes, with their
 * webhooks. Roles are not asked: whoever tells the story knows who may do what.
 */
export class Visitor {
  readonly account: Account;
  protected readonly box: BoxCore;
  protected readonly repo: Repository;
  protected readonly author: Author;

  constructor(box: BoxCore, repo: Repository, account: Account) {
    this.box = box;
    this.repo = repo;
    this.account = account;
    this.author = { account, appId: null };
  }

  opensIssue(issue: NewIssue): Issue {
    return this.done(openIssue(this.box, this.repo, this.author, issue));
  }

  edits(issue: Issue, text: IssueText): void {
    this.done(editText(this.box, issue, this.author, text));
  }

  closes(issue: Issue, reason?: CloseReason): void {
    this.done(closeIssue(this.box, issue, this.author, { reason }));
  }

  reopens(issue: Issue): void {
    this.done(reopenIssue(this.box, issue, this.author));
  }

  deletes(issue: Issue): void {
    this.done(deleteIssue(this.box, issue, this.author));
  }

  labels(issue: Issue, ...names: readonly string[]): void {
    this.done(addLabels(this.box, issue, this.author, names));
  }

  unlabels(issue: Issue, name: string): void {
    this.done(removeLabel(this.box, issue, this.author, name));
  }

  assigns(issue: Issue, ...logins: readonly string[]): void {
    this.done(assign(this.box, issue, this.author, logins));
  }

  comments(issue: Issue, body: string): IssueComment {
    return this.done(addComment(this.box, this.repo, { issue, author: this.author, body }));
  }

  editsComment(comment: IssueComment, body: string): void {
    this.done(editComment(this.box, this.repo, { comment, author: this.author, body }));
  }

  deletesComment(comment: IssueComment): void {
    this.done(deleteComment(this.box, this.repo, comment, this.author));
  }

  reacts(to: Issue | IssueComment, content: ReactionContent): void {
    this.done(react(this.box, to, this.author, content));
  }

  /** `issue` waits for `blocker` from now on. */
  blocks(issue: Issue, blocker: Issue): void {
    this.done(addBlocker(this.box, { blocked: issue, blocker, author: this.author }));
  }

  unblocks(issue: Issue, blocker: Issue): void {
    this.done(removeBlocker(this.box, { blocked: issue, blocker, author: this.author }));
  }

  addsSubIssue(parent: Issue, child: Issue): void {
    this.done(addSubIssue(this.box, { parent, child, author: this.author }));
  }

  removesSubIssue(parent: Issue, child: Issue): void {
    this.done(removeSubIssue(this.box, { parent, child, author: this.author }));
  }

  /** Lists that lag behind must know when something changed. */
  protected done<T>(result: T): T {
    this.box.changed(this.repo);
    return result;
  }
}
