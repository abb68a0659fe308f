import type { Octokit } from '@octokit/rest';
import { clientFor } from './client.ts';
import { type Push, pushFiles } from './push.ts';
import { commentFrom, issueFrom, pullFrom, reviewFrom } from './shapes.ts';
import type { Comment, Files, Issue, LineComment, Numbered, Pull, Reaction, Review } from './things.ts';

/** Somebody with an account. */
export interface Identity {
  readonly login: string;
  readonly token: string;
}

/** Where somebody acts. */
export interface Place {
  /** `https://api.github.com`, or `…/api/v3` of another server. */
  readonly apiUrl: string;
  /** What git clones, without a login. */
  readonly gitUrl: string;
  readonly owner: string;
  readonly repo: string;
}

/** What somebody does in a repository, with a token of their own and by GitHub's API. Whoever may not is refused. */
export class Person {
  readonly login: string;
  readonly #client: Octokit;
  readonly #rest: Octokit['rest'];
  readonly #place: Place;
  readonly #token: string;
  readonly #at: { readonly owner: string; readonly repo: string };

  constructor(place: Place, { login, token }: Identity) {
    this.login = login;
    this.#place = place;
    this.#token = token;
    this.#client = clientFor(place.apiUrl, token);
    this.#rest = this.#client.rest;
    this.#at = { owner: place.owner, repo: place.repo };
  }

  async opensIssue(issue: { readonly title: string; readonly body?: string }): Promise<Issue> {
    return issueFrom((await this.#rest.issues.create({ ...this.#at, ...issue })).data);
  }

  async edits(issue: Numbered, text: { readonly title?: string; readonly body?: string }): Promise<void> {
    await this.#rest.issues.update({ ...this.#on(issue), ...text });
  }

  async closes(issue: Numbered, reason: 'completed' | 'not_planned' = 'completed'): Promise<void> {
    await this.#rest.issues.update({ ...this.#on(issue), state: 'closed', state_reason: reason });
  }

  async reopens(issue: Numbered): Promise<void> {
    await this.#rest.issues.update({ ...this.#on(issue), state: 'open' });
  }

  /** Only admins may, and only GraphQL has it. */
  async deletes(issue: Issue): Promise<void> {
    await this.#client.graphql(
      'mutation ($id: ID!) { deleteIssue(input: { issueId: $id }) { clientMutationId } }',
      { id: issue.nodeId },
    );
  }

  async labels(issue: Numbered, ...labels: readonly string[]): Promise<void> {
    await this.#rest.issues.addLabels({ ...this.#on(issue), labels: [...labels] });
  }

  async unlabels(issue: Numbered, name: string): Promise<void> {
    await this.#rest.issues.removeLabel({ ...this.#on(issue), name });
  }

  async comments(issue: Numbered, body: string): Promise<Comment> {
    return commentFrom((await this.#rest.issues.createComment({ ...this.#on(issue), body })).data);
  }

  async editsComment(comment: Comment, body: string): Promise<void> {
    await this.#rest.issues.updateComment({ ...this.#at, comment_id: comment.id, body });
  }

  async deletesComment(comment: Comment): Promise<void> {
    await this.#rest.issues.deleteComment({ ...this.#at, comment_id: comment.id });
  }

  async reacts(issue: Numbered, content: Reaction): Promise<void> {
    await this.#rest.reactions.createForIssue({ ...this.#on(issue), content });
  }

  /** `issue` waits for `blocker` from now on. */
  async blocks(issue: Numbered, blocker: Issue): Promise<void> {
    await this.#rest.issues.addBlockedByDependency({ ...this.#on(issue), issue_id: blocker.id });
  }

  async unblocks(issue: Numbered, blocker: Issue): Promise<void> {
    await this.#rest.issues.removeDependencyBlockedBy({ ...this.#on(issue), issue_id: blocker.id });
  }

  async addsSubIssue(parent: Numbered, child: Issue): Promise<void> {
    await this.#rest.issues.addSubIssue({ ...this.#on(parent), sub_issue_id: child.id });
  }

  async removesSubIssue(parent: Numbered, child: Issue): Promise<void> {
    await this.#rest.issues.removeSubIssue({ ...this.#on(parent), sub_issue_id: child.id });
  }

  /** Commits files on a branch, which begins at the default branch where it is new. Answers its new tip. */
  async pushes(branch: string, files: Files, how: Omit<Push, 'branch' | 'files'> = {}): Promise<string> {
    const { gitUrl } = this.#place;
    return await pushFiles({ gitUrl, token: this.#token, login: this.login }, { ...how, branch, files });
  }

  async deletesBranch(branch: string): Promise<void> {
    await this.#rest.git.deleteRef({ ...this.#at, ref: `heads/${branch}` });
  }

  async opensPull(wanted: {
    readonly title: string;
    readonly head: string;
    readonly base: string;
    readonly body?: string;
    readonly draft?: boolean;
  }): Promise<Pull> {
    return pullFrom((await this.#rest.pulls.create({ ...this.#at, ...wanted })).data);
  }

  async approves(pull: Numbered, body = ''): Promise<Review> {
    return await this.#reviews(pull, { event: 'APPROVE', body });
  }

  async requestsChanges(
    pull: Numbered,
    body: string,
    comments: readonly LineComment[] = [],
  ): Promise<Review> {
    return await this.#reviews(pull, { event: 'REQUEST_CHANGES', body, comments });
  }

  /** Merges by hand; answers the base's new tip. */
  async merges(pull: Numbered, merge_method: 'merge' | 'squash' | 'rebase' = 'merge'): Promise<string> {
    const { data } = await this.#rest.pulls.merge({ ...this.#at, pull_number: pull.number, merge_method });
    return data.sha;
  }

  async #reviews(pull: Numbered, review: NewReview): Promise<Review> {
    const { event, body, comments = [] } = review;
    const { data } = await this.#rest.pulls.createReview({
      ...this.#at,
      pull_number: pull.number,
      event,
      body,
      comments: comments.map((comment) => ({ ...comment, side: 'RIGHT' })),
    });
    return reviewFrom(data);
  }

  #on({ number }: Numbered) {
    return { ...this.#at, issue_number: number };
  }
}

interface NewReview {
  readonly event: 'APPROVE' | 'REQUEST_CHANGES';
  readonly body: string;
  readonly comments?: readonly LineComment[];
}
