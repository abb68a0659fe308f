import type { CheckRun } from './check.ts';
import { emitRun } from './checks/run.ts';
import { checkSuiteOf, emitSuite } from './checks/suite.ts';
import { type FileChanges, type NewCommit, writeCommits } from './git/commit.ts';
import { ZERO } from './git/refs.ts';
import { Visitor } from './people.ts';
import type { MergeMethod, PullRequest, Review, ReviewComment } from './pull.ts';
import { type NewPull, openPull } from './pulls/create.ts';
import { setDraft } from './pulls/draft.ts';
import { editPull, type PullEdit } from './pulls/edit.ts';
import { mergePull } from './pulls/merge.ts';
import { requestReviewers } from './pulls/reviewers.ts';
import { moveRef, pushed } from './push/pushed.ts';
import { signatureOf } from './push/signature.ts';
import { addReply, announceComment } from './reviews/comment.ts';
import {
  createReview,
  dismissReview,
  editReview,
  type NewSpotComment,
  type ReviewEvent,
  singleReview,
} from './reviews/review.ts';
import { resolveThread, threadOf } from './reviews/threads.ts';

/** A push as a person tells of it. */
export interface PersonPush {
  readonly message?: string;
  /** Where a branch starts that is not there yet; the default branch if not given. */
  readonly from?: string;
  /** Rewrites the branch: it starts anew from `from`. */
  readonly force?: boolean;
}

/** Somebody who writes code: pushes, pull requests, reviews. */
export class Developer extends Visitor {
  /** Commits files on a branch and pushes it; null removes a file. Returns the branch's new tip. */
  async pushes(branch: string, files: FileChanges, how: PersonPush = {}): Promise<string> {
    const { box, repo, author } = this;
    const ref = `refs/heads/${branch}`;
    return await box.git.exclusive(repo, async () => {
      const before = await box.git.resolve(repo, ref);
      const start = (await box.git.resolve(repo, how.from ?? `refs/heads/${repo.defaultBranch}`)) ?? before;
      const from = how.force ? start : (before ?? start);
      const commit = this.commit(files, how.message);
      const target = { branch, from, force: how.force ?? false };
      const [after = ZERO] = await writeCommits(box.git.directory(repo), target, [commit]);
      await pushed(box, repo, [{ ref, before: before ?? ZERO, after }], author);
      return after;
    });
  }

  async deletesBranch(branch: string): Promise<void> {
    const ref = `refs/heads/${branch}`;
    const before = await this.box.git.resolve(this.repo, ref);
    if (before === undefined) throw new Error(`${this.repo.name} has no branch ${branch}`);
    await moveRef(this.box, this.repo, { ref, before, after: ZERO }, this.author);
  }

  async opensPull(wanted: NewPull): Promise<PullRequest> {
    return this.done(await openPull(this.box, this.repo, this.author, wanted));
  }

  async editsPull(pull: PullRequest, edit: PullEdit): Promise<void> {
    this.done(await editPull(this.box, this.repo, pull, { by: this.author, edit }));
  }

  marksReady(pull: PullRequest): void {
    setDraft(this.box, this.repo, pull, { draft: false, by: this.author });
  }

  convertsToDraft(pull: PullRequest): void {
    setDraft(this.box, this.repo, pull, { draft: true, by: this.author });
  }

  asksForReview(pull: PullRequest, ...logins: readonly string[]): void {
    this.done(requestReviewers(this.box, this.repo, pull, { by: this.author, logins }));
  }

  /** Reviews the head as it is; a comment names `path` and `line` of the diff. */
  async reviews(
    pull: PullRequest,
    review: {
      readonly event: ReviewEvent;
      readonly body?: string;
      readonly comments?: readonly NewSpotComment[];
    },
  ): Promise<Review> {
    const { event, body = '', comments = [] } = review;
    return this.done(await createReview(this.box, this.at(pull), { by: this.author, event, body, comments }));
  }

  async approves(pull: PullRequest, body = ''): Promise<Review> {
    return await this.reviews(pull, { event: 'APPROVE', body });
  }

  async requestsChanges(
    pull: PullRequest,
    body: string,
    comments: readonly NewSpotComment[] = [],
  ): Promise<Review> {
    return await this.reviews(pull, { event: 'REQUEST_CHANGES', body, comments });
  }

  dismisses(pull: PullRequest, review: Review): void {
    this.done(dismissReview(this.box, this.at(pull), review, { by: this.author }));
  }

  editsReview(pull: PullRequest, review: Review, body: string): void {
    this.done(editReview(this.box, this.at(pull), review, { by: this.author, body }));
  }

  /** Answers a comment on a line. */
  replies(pull: PullRequest, to: ReviewComment, body: string): ReviewComment {
    const thread = threadOf(pull, to.id);
    if (!thread) throw new Error(`#${pull.number} has no comment ${to.id}`);
    const review = singleReview(this.box, this.at(pull), { by: this.author });
    const comment = addReply(this.box, thread, { review, by: this.author, body });
    announceComment(this.box, this.at(pull), comment, this.author);
    return this.done(comment);
  }

  /** Settles the conversation that a comment belongs to. */
  resolves(pull: PullRequest, comment: ReviewComment): void {
    const thread = threadOf(pull, comment.id);
    if (thread) resolveThread(this.box, this.at(pull), thread, { by: this.author, resolved: true });
  }

  /** Merges by hand; returns the base's new tip. */
  async merges(pull: PullRequest, method: MergeMethod = 'merge'): Promise<string> {
    return await mergePull(this.box, this.repo, pull, { by: this.author, order: { method } });
  }

  /** Clicks "Re-run" on a check run. */
  rerunsCheck(run: CheckRun): void {
    emitRun(this.box, this.repo, run, { action: 'rerequested', sender: this.account });
  }

  /** Clicks "Re-run all checks" of an App. */
  async rerunsSuite(run: CheckRun): Promise<void> {
    const suite = checkSuiteOf(this.repo, run);
    await emitSuite(this.box, this.repo, suite, { action: 'rerequested', by: this.author });
  }

  /** Clicks a button on a check run. */
  clicksAction(run: CheckRun, identifier: string): void {
    const more = { requested_action: { identifier } };
    emitRun(this.box, this.repo, run, { action: 'requested_action', sender: this.account, more });
  }

  private at(pull: PullRequest) {
    return { repo: this.repo, pull };
  }

  private commit(files: FileChanges, message?: string): NewCommit {
    const text = message ?? `Change ${Object.keys(files).join(', ')}`;
    return { message: text, author: signatureOf(this.box, this.account), files };
  }
}
