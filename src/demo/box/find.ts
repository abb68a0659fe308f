import type { Account, Installation } from './account.ts';
import { HttpError, MovedIssue, notFound } from './errors.ts';
import type { Issue, IssueRef, Label } from './issue.ts';
import type { Repository, World } from './state.ts';

/** A repository by `owner` and `repo`, or by `repository_id`; names are compared without case. */
export function findRepository(world: World, by: Readonly<Record<string, string>>): Repository | undefined {
  if (by.repository_id !== undefined) return world.repositories.get(Number(by.repository_id));
  return repositoryNamed(world, `${by.owner}/${by.repo}`);
}

export function repositoryNamed(world: World, fullName: string): Repository | undefined {
  const wanted = fullName.toLowerCase();
  return [...world.repositories.values()].find((repo) => fullNameOf(world, repo).toLowerCase() === wanted);
}

export function fullNameOf(world: World, repo: Repository): string {
  return `${accountById(world, repo.ownerId).login}/${repo.name}`;
}

/** An account that must exist: ids inside the world always point somewhere. */
export function accountById(world: World, id: number): Account {
  const account = world.accounts.get(id);
  if (!account) throw new Error(`the box knows no account ${id}`);
  return account;
}

export function repositoryById(world: World, id: number): Repository {
  const repo = world.repositories.get(id);
  if (!repo) throw new Error(`the box knows no repository ${id}`);
  return repo;
}

export function accountNamed(world: World, login: string): Account | undefined {
  const wanted = login.toLowerCase();
  return [...world.accounts.values()].find((account) => account.login.toLowerCase() === wanted);
}

/** An issue or pull request by number; 404 when there is none, 410 when it was deleted. */
export function issueOf(repo: Repository, number: number): Issue {
  const issue = repo.issues.get(number);
  const moved = repo.movedIssues.get(number);
  if (moved) throw new MovedIssue(moved);
  if (repo.deletedIssues.has(number)) throw new HttpError(410, 'This issue was deleted');
  if (!issue) throw notFound();
  return issue;
}

export function issueAt(world: World, ref: IssueRef): Issue {
  return issueOf(repositoryById(world, ref.repositoryId), ref.number);
}

/** An issue by its database id, in whichever repository it is. */
export function issueById(world: World, id: number): Issue | undefined {
  for (const repo of world.repositories.values()) {
    for (const issue of repo.issues.values()) if (issue.id === id) return issue;
  }
  return undefined;
}

/** A label by name; names are compared without case. */
export function labelNamed(repo: Repository, name: string): Label | undefined {
  const wanted = name.toLowerCase();
  return [...repo.labels.values()].find((label) => label.name.toLowerCase() === wanted);
}

export function refOf(issue: Issue): IssueRef {
  return { repositoryId: issue.repositoryId, number: issue.number };
}

export function sameIssue(left: IssueRef, right: IssueRef): boolean {
  return left.repositoryId === right.repositoryId && left.number === right.number;
}

/** The installations that see a repository. */
export function installationsOf(world: World, repo: Repository): readonly Installation[] {
  return [...world.installations.values()].filter(
    (one) =>
      one.accountId === repo.ownerId &&
      one.suspendedAt === null &&
      (one.repositoryIds === 'all' || one.repositoryIds.has(repo.id)),
  );
}
