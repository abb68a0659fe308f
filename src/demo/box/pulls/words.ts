import type { BoxCore } from '../core.ts';
import { accountById, issueOf } from '../find.ts';
import type { Commit } from '../git/history.ts';
import type { PullRequest } from '../pull.ts';
import { emailOf } from '../push/signature.ts';
import type { Repository } from '../state.ts';

/** What a caller says about the commit of a merge; GitHub's own words stand in for what is undefined. */
export interface MergeTitle {
  readonly title?: string | undefined;
  readonly message?: string | undefined;
}

/** `Merge pull request #7 from acme/topic`, and the pull request's title. */
export function mergeMessage(
  box: BoxCore,
  repo: Repository,
  pull: PullRequest,
  { title, message }: MergeTitle,
): string {
  const owner = accountById(box.world, repo.ownerId).login;
  const subject = title ?? `Merge pull request #${pull.number} from ${owner}/${pull.head.ref}`;
  return join(subject, message ?? issueOf(repo, pull.number).title);
}

interface Squash extends MergeTitle {
  /** Oldest first. */
  readonly commits: readonly Commit[];
}

/** As asked; else one commit's own message or the list of all, with the other authors named at the end. */
export function squashMessage(
  box: BoxCore,
  repo: Repository,
  pull: PullRequest,
  { title, message, commits }: Squash,
): string {
  const issue = issueOf(repo, pull.number);
  const [only] = commits.length === 1 ? commits : [];
  const subject = title ?? `${only ? subjectOf(only) : issue.title} (#${pull.number})`;
  if (message !== undefined) return join(subject, message);
  const text = only ? bodyOf(only) : commits.map((commit) => `* ${commit.message}`).join('\n\n');
  const author = emailOf(accountById(box.world, issue.authorId));
  return join(subject, text, coAuthors(commits, author));
}

function coAuthors(commits: readonly Commit[], author: string): string {
  const others = commits.filter((commit) => commit.author.email !== author);
  const lines = others.map(({ author }) => `Co-authored-by: ${author.name} <${author.email}>`);
  return [...new Set(lines)].join('\n');
}

function subjectOf({ message }: Commit): string {
  return message.split('\n', 1)[0] ?? '';
}

function bodyOf(commit: Commit): string {
  return commit.message.slice(subjectOf(commit).length).trim();
}

function join(...parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join('\n\n');
}
