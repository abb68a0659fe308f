import type { Octokit } from '@octokit/rest';
import { clientFor, unlessMissing } from './client.ts';
import { type Identity, Person, type Place } from './person.ts';
import { type Git, withMirror } from './push.ts';
import {
  checkFrom,
  commentFrom,
  diffFrom,
  issueFrom,
  loginOf,
  pullFrom,
  reviewFrom,
  threadsFrom,
} from './shapes.ts';
import type {
  CheckRun,
  Comment,
  Diff,
  Issue,
  Numbered,
  Pull,
  Review,
  Thread,
  TimelineEvent,
} from './things.ts';

/** A new repository, and who may look at it and act in it. */
export interface RepositoryOptions {
  readonly place: Place;
  /** Owns the organization. */
  readonly owner: Identity;
  /** Whoever a story calls by this name. */
  readonly identity: (name: string) => Identity;
}

export type Role = 'read' | 'triage' | 'write' | 'maintain' | 'admin' | 'none';

const PER_PAGE = 100;

/** A repository as people see it: every look asks the server anew. Lists end after 100 entries. */
export class Repository {
  readonly fullName: string;
  /** Its page. */
  readonly url: string;
  readonly #options: RepositoryOptions;
  readonly #rest: Octokit['rest'];
  readonly #at: { readonly owner: string; readonly repo: string };
  readonly #people = new Map<string, Person>();

  constructor(options: RepositoryOptions) {
    const { owner, repo, apiUrl, gitUrl } = options.place;
    this.#options = options;
    this.#rest = clientFor(apiUrl, options.owner.token).rest;
    this.#at = { owner, repo };
    this.fullName = `${owner}/${repo}`;
    this.url = gitUrl.replace(/\.git$/, '');
  }

  /** Whoever owns the organization, and so may do everything. */
  get owner(): Person {
    return new Person(this.#options.place, this.#options.owner);
  }

  person(name: string): Person {
    const known = this.#people.get(name) ?? new Person(this.#options.place, this.#options.identity(name));
    this.#people.set(name, known);
    return known;
  }

  /** Gives somebody a role; `none` takes it away, and leaves what everybody has. */
  async grants(name: string, role: Role): Promise<void> {
    const { login: username, token } = this.#options.identity(name);
    const to = { ...this.#at, username };
    if (role === 'none') await this.#rest.repos.removeCollaborator(to);
    else await this.#invites(token, { ...to, permission: permissionOf[role] });
  }

  /** The database id. */
  async id(): Promise<number> {
    return (await this.#rest.repos.get(this.#at)).data.id;
  }

  async issue({ number }: Numbered): Promise<Issue> {
    return issueFrom((await this.#rest.issues.get({ ...this.#at, issue_number: number })).data);
  }

  /** Oldest first, without pull requests. */
  async issues(): Promise<readonly Issue[]> {
    const { data } = await this.#rest.issues.listForRepo({
      ...this.#at,
      state: 'all',
      direction: 'asc',
      per_page: PER_PAGE,
    });
    return data.map(issueFrom).filter(({ isPull }) => !isPull);
  }

  async labelsOn({ number }: Numbered): Promise<readonly string[]> {
    const { data } = await this.#rest.issues.listLabelsOnIssue({ ...this.#at, issue_number: number });
    return data.map(({ name }) => name);
  }

  async commentsOn({ number }: Numbered): Promise<readonly Comment[]> {
    const on = { ...this.#at, issue_number: number, per_page: PER_PAGE };
    return (await this.#rest.issues.listComments(on)).data.map(commentFrom);
  }

  /** `alice: rocket`. */
  async reactionsOn({ id }: Comment): Promise<readonly string[]> {
    const { data } = await this.#rest.reactions.listForIssueComment({ ...this.#at, comment_id: id });
    return data.map(({ user, content }) => `${loginOf(user)}: ${content}`);
  }

  /** Of an issue or a pull request: `alice: rocket`. */
  async reactionsTo({ number }: Numbered): Promise<readonly string[]> {
    const { data } = await this.#rest.reactions.listForIssue({ ...this.#at, issue_number: number });
    return data.map(({ user, content }) => `${loginOf(user)}: ${content}`);
  }

  async parentOf({ number }: Numbered): Promise<Issue | undefined> {
    const found = await unlessMissing(this.#rest.issues.getParent({ ...this.#at, issue_number: number }));
    return found && issueFrom(found.data);
  }

  async subIssuesOf({ number }: Numbered): Promise<readonly Issue[]> {
    const { data } = await this.#rest.issues.listSubIssues({ ...this.#at, issue_number: number });
    return data.map(issueFrom);
  }

  async timelineOf({ number }: Numbered): Promise<readonly TimelineEvent[]> {
    const on = { ...this.#at, issue_number: number, per_page: PER_PAGE };
    const { data } = await this.#rest.issues.listEventsForTimeline(on);
    return data.map((line) => ({
      event: ('event' in line && line.event) || '',
      actor: 'actor' in line ? loginOf(line.actor) : '',
      label: 'label' in line ? line.label.name : '',
    }));
  }

  /** Oldest first, open or not. */
  async pulls(): Promise<readonly Pull[]> {
    const { data } = await this.#rest.pulls.list({
      ...this.#at,
      state: 'all',
      direction: 'asc',
      per_page: PER_PAGE,
    });
    return data.map(pullFrom);
  }

  async pull({ number }: Numbered): Promise<Pull> {
    return pullFrom((await this.#rest.pulls.get({ ...this.#at, pull_number: number })).data);
  }

  async diffOf({ number }: Numbered): Promise<Diff> {
    return diffFrom((await this.#rest.pulls.get({ ...this.#at, pull_number: number })).data);
  }

  /** Oldest first. */
  async commitsOf({ number }: Numbered): Promise<readonly string[]> {
    const of = { ...this.#at, pull_number: number, per_page: PER_PAGE };
    return (await this.#rest.pulls.listCommits(of)).data.map(({ sha }) => sha);
  }

  async reviewsOf({ number }: Numbered): Promise<readonly Review[]> {
    const of = { ...this.#at, pull_number: number, per_page: PER_PAGE };
    return (await this.#rest.pulls.listReviews(of)).data.map(reviewFrom);
  }

  async threadsOf({ number }: Numbered): Promise<readonly Thread[]> {
    const of = { ...this.#at, pull_number: number, per_page: PER_PAGE };
    return threadsFrom((await this.#rest.pulls.listReviewComments(of)).data);
  }

  /** The newest check run of each name on a commit, or all that there ever were. */
  async checksOf(ref: string, filter: 'latest' | 'all' = 'latest'): Promise<readonly CheckRun[]> {
    const { data } = await this.#rest.checks.listForRef({ ...this.#at, ref, filter, per_page: PER_PAGE });
    return data.check_runs.map(checkFrom);
  }

  /** The commit at the tip of a branch; undefined when there is no such branch. */
  async tip(branch: string): Promise<string | undefined> {
    const found = await unlessMissing(this.#rest.git.getRef({ ...this.#at, ref: `heads/${branch}` }));
    return found?.data.object.sha;
  }

  /** A file's text at a branch, tag or SHA; undefined when it is not there. */
  async file(ref: string, path: string): Promise<string | undefined> {
    const found = await unlessMissing(this.#rest.repos.getContent({ ...this.#at, ref, path }));
    if (!found || Array.isArray(found.data) || !('content' in found.data)) return undefined;
    return Buffer.from(found.data.content, 'base64').toString();
  }

  /** Works on a copy of the whole repository, made by git. */
  async inMirror<T>(work: (git: Git) => Promise<T>): Promise<T> {
    const { place, owner } = this.#options;
    return await withMirror({ ...owner, gitUrl: place.gitUrl }, work);
  }

  async deletes(): Promise<void> {
    await unlessMissing(this.#rest.repos.delete(this.#at));
  }

  /** Whoever is no member of the organization has to accept. */
  async #invites(token: string, wanted: Invitation): Promise<void> {
    const { data } = await this.#rest.repos.addCollaborator(wanted);
    if (!data?.id) return;
    const { rest } = clientFor(this.#options.place.apiUrl, token);
    await rest.repos.acceptInvitationForAuthenticatedUser({ invitation_id: data.id });
  }
}

type Invitation = {
  readonly owner: string;
  readonly repo: string;
  readonly username: string;
  readonly permission: (typeof permissionOf)[keyof typeof permissionOf];
};

const permissionOf = {
  read: 'pull',
  triage: 'triage',
  write: 'push',
  maintain: 'maintain',
  admin: 'admin',
} as const;
