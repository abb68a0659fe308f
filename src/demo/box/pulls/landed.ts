import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { issueOf, repositoryNamed } from '../find.ts';
import { remember } from '../issues/announce.ts';
import { closeIssue } from '../issues/close.ts';
import { closingReferences } from '../keywords.ts';
import type { PullRequest } from '../pull.ts';
import type { Repository } from '../state.ts';

/** The end of a pull request that has been merged: its state, its timeline, the issues that it closes. */
export function markMerged(
  box: BoxCore,
  repo: Repository,
  pull: PullRequest,
  { sha, by }: { readonly sha: string; readonly by: Author },
): void {
  const issue = issueOf(repo, pull.number);
  remember(box, issue, by, { event: 'merged', commitSha: sha });
  pull.mergedAt = issue.updatedAt;
  pull.mergedById = by.account.id;
  pull.mergeCommitSha = sha;
  pull.mergeable = null;
  pull.rebaseable = null;
  closeIssue(box, issue, by);
  if (pull.base.ref === repo.defaultBranch) closeMentioned(box, repo, issue.body ?? '', { by });
}

/** Closes a pull request that will not be merged. */
export function closePull(box: BoxCore, repo: Repository, pull: PullRequest, by: Author): void {
  pull.mergeable = null;
  pull.rebaseable = null;
  closeIssue(box, issueOf(repo, pull.number), by);
}

/** Closes the issues that a text closes by keyword, in this repository and in others of the same owner. */
export function closeMentioned(
  box: BoxCore,
  repo: Repository,
  text: string,
  { by, commitSha }: { readonly by: Author; readonly commitSha?: string },
): void {
  for (const { repository, number } of closingReferences(text)) {
    const there = repository === undefined ? repo : repositoryNamed(box.world, repository);
    const issue = there?.ownerId === repo.ownerId ? there.issues.get(number) : undefined;
    if (issue?.state === 'open' && !issue.isPull) closeIssue(box, issue, by, { commitSha });
  }
}
