import type { Author } from '../author.ts';
import { closeIssue } from '../close.ts';
import type { BoxCore } from '../core.ts';
import { issueOf, repositoryNamed } from '../find.ts';
import { closingReferences } from '../keywords.ts';
import type { PullRequest } from '../pull.ts';
import type { Repository } from '../state.ts';
import { record } from '../timeline.ts';
import { emitPull } from './emit.ts';

/** The end of a pull request that has been merged: its state, its timeline, the issues that it closes. */
export function markMerged(
  box: BoxCore,
  repo: Repository,
  pull: PullRequest,
  { sha, by }: { readonly sha: string; readonly by: Author },
): void {
  const issue = issueOf(repo, pull.number);
  pull.mergedAt = record(box, issue, by, { event: 'merged', commitSha: sha }).at;
  pull.mergedById = by.account.id;
  pull.mergeCommitSha = sha;
  pull.mergeable = null;
  pull.rebaseable = null;
  closeIssue(box, issue, { by, reason: null });
  emitPull(box, repo, pull, { action: 'closed', by });
  if (pull.base.ref === repo.defaultBranch) closeMentioned(box, repo, issue.body ?? '', { by });
}

/** Closes a pull request that will not be merged. */
export function closePull(box: BoxCore, repo: Repository, pull: PullRequest, by: Author): void {
  const issue = issueOf(repo, pull.number);
  if (issue.state === 'closed') return;
  closeIssue(box, issue, { by, reason: null });
  pull.mergeable = null;
  pull.rebaseable = null;
  emitPull(box, repo, pull, { action: 'closed', by });
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
    if (!issue || issue.isPull) continue;
    closeIssue(box, issue, { by, reason: 'completed', ...(commitSha !== undefined && { commitSha }) });
  }
}
