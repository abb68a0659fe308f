import { randomBytes } from 'node:crypto';
import type { Account, App, Installation, Role } from './account.ts';
import { type AppOptions, createAccount, type NewApp, registerApp } from './apps.ts';
import type { Author } from './author.ts';
import type { CiScript } from './check.ts';
import type { BoxCore } from './core.ts';
import { Developer } from './developers.ts';
import { accountById, issueOf, repositoryNamed } from './find.ts';
import { type Commit, listCommits } from './git/history.ts';
import { installApp, reachRepositories, suspendInstallation, uninstallApp } from './installations.ts';
import type { Issue, IssueComment } from './issue.ts';
import { renameRepository, transferIssue } from './moves.ts';
import { createRepository, type RepositoryOptions } from './new-repository.ts';
import type { Person } from './people.ts';
import type { PullRequest } from './pull.ts';
import { labelsOf } from './shapes/label.ts';
import type { BranchProtection, Repository } from './state.ts';

/** What tests and the demo say to the box. */
export interface Verbs {
  /** The App under test. */
  readonly app: App;
  /** PEM, for `PRIVATE_KEY`. */
  readonly privateKey: string;
  /** Where the App listens; until then its webhooks fail, as when it is down. */
  setWebhook(url: string | undefined): void;
  /** Another App with its own key, such as a CI service; it has to be installed too. */
  registersApp(owner: string, options: AppOptions): NewApp;
  /** Installs the App under test, or another one: on all of an account's repositories unless some are named. */
  installsApp(
    account: string,
    options?: { readonly only?: readonly string[]; readonly app?: App },
  ): Installation;
  /** From now on the installation sees these repositories, or all. */
  reaches(installation: Installation, only: readonly string[] | 'all'): void;
  suspends(installation: Installation, isSuspended?: boolean): void;
  uninstalls(installation: Installation): void;
  /** Makes somebody an owner of an organization, who may create and delete its repositories. */
  owns(login: string, organization: string): void;
  createsRepository(fullName: string, options?: RepositoryOptions): Promise<RepositoryView>;
  repository(fullName: string): RepositoryView;
  /** Gives a repository another name; the old one leads to it. */
  renames(fullName: string, name: string): void;
  /** Moves an issue to another repository; answers it as it is there. */
  transfers(issue: Issue, fullName: string): Issue;
  /** A person with a token; created on first use. */
  person(login: string): Person;
}

export function verbsOf(box: BoxCore, options: AppOptions = {}): Verbs {
  const { app, privateKey } = registerApp(box, createAccount(box, 'heddle-makers', 'Organization'), options);
  const tokens = new Map<number, string>();
  return {
    app,
    privateKey,
    setWebhook: (url) => {
      app.webhook.url = url;
    },
    registersApp: (owner, more) => registerApp(box, createAccount(box, owner, 'Organization'), more),
    installsApp: (login, { only, app: other } = {}) =>
      installApp(
        box,
        other ?? app,
        createAccount(box, login, 'Organization'),
        only?.map((name) => named(box, name)) ?? 'all',
      ),
    reaches: (installation, only) =>
      reachRepositories(box, installation, only === 'all' ? 'all' : only.map((name) => named(box, name))),
    suspends: (installation, isSuspended = true) => suspendInstallation(box, installation, isSuspended),
    uninstalls: (installation) => uninstallApp(box, installation),
    owns: (login, organization) => {
      const { id } = createAccount(box, organization, 'Organization');
      const known = box.world.owners.get(id) ?? new Set();
      box.world.owners.set(id, known.add(createAccount(box, login, 'User').id));
    },
    createsRepository: async (fullName, more) =>
      new RepositoryView(box, await createRepository(box, fullName, more)),
    repository: (fullName) => new RepositoryView(box, named(box, fullName)),
    renames: (fullName, name) => {
      const repo = named(box, fullName);
      renameRepository(box, repo, name, ownerOf(box, repo));
    },
    transfers: (issue, fullName) => {
      const repo = named(box, fullName);
      return transferIssue(box, issue, repo, ownerOf(box, repo));
    },
    person: (login) => {
      const account = createAccount(box, login, 'User');
      return { account, token: tokenOf(box, tokens, account) };
    },
  };
}

/** A repository, as somebody who looks at it and acts in it sees it. */
export class RepositoryView {
  readonly repo: Repository;
  private readonly box: BoxCore;

  constructor(box: BoxCore, repo: Repository) {
    this.box = box;
    this.repo = repo;
  }

  person(login: string): Developer {
    return new Developer(this.box, this.repo, createAccount(this.box, login, 'User'));
  }

  /** Gives somebody a role; `none` takes it away. */
  grants(login: string, role: Role): void {
    this.repo.collaborators.set(createAccount(this.box, login, 'User').id, role);
  }

  /** Lets a script stand for CI: asked at each push to a branch, it says how the check run ends. */
  ci(script: CiScript): void {
    this.box.ci.set(this.repo.id, script);
  }

  /** Sets a branch's rules. */
  protects(branch: string, rules: Partial<BranchProtection>): void {
    this.repo.protection.set(branch, { requiredApprovals: 0, requiredChecks: [], strict: false, ...rules });
  }

  pull(number: number): PullRequest {
    const pull = this.repo.pulls.get(number);
    if (!pull) throw new Error(`${this.repo.name} has no pull request #${number}`);
    return pull;
  }

  /** The commit at the tip of a branch; undefined when there is no such branch. */
  async tip(branch: string): Promise<string | undefined> {
    return await this.box.git.resolve(this.repo, `refs/heads/${branch}`);
  }

  /** A file's text at a branch, tag or SHA; undefined when it is not there. */
  async file(name: string, path: string): Promise<string | undefined> {
    return (await this.box.git.readFile(this.repo, name, path))?.content.toString();
  }

  /** The newest commits of a branch first, along first parents. */
  async log(branch: string): Promise<readonly Commit[]> {
    return await listCommits(this.box.git.directory(this.repo), { head: branch, firstParent: true });
  }

  issue(number: number): Issue {
    return issueOf(this.repo, number);
  }

  labelsOn(issue: Issue): readonly string[] {
    return labelsOf(this.repo, issue).map((label) => label.name);
  }

  commentsOn(issue: Issue): readonly (IssueComment & { readonly author: string })[] {
    return [...this.repo.comments.values()]
      .filter((comment) => comment.issueNumber === issue.number)
      .map((comment) => ({ ...comment, author: accountById(this.box.world, comment.authorId).login }));
  }
}

function named(box: BoxCore, fullName: string): Repository {
  const repo = repositoryNamed(box.world, fullName);
  if (!repo) throw new Error(`the box has no repository ${fullName}; create it with createsRepository`);
  return repo;
}

const ownerOf = (box: BoxCore, repo: Repository): Author => ({
  account: accountById(box.world, repo.ownerId),
  appId: null,
});

function tokenOf(box: BoxCore, tokens: Map<number, string>, account: Account): string {
  const known = tokens.get(account.id);
  if (known !== undefined) return known;
  const value = `ghp_${randomBytes(18).toString('hex')}`;
  tokens.set(account.id, value);
  box.world.tokens.set(value, { kind: 'person', value, accountId: account.id });
  return value;
}
