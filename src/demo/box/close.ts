import type { Author } from './author.ts';
import type { BoxCore } from './core.ts';
import { repositoryById } from './find.ts';
import type { Issue, StateReason } from './issue.ts';
import { issueShape } from './shapes/issue.ts';
import { record } from './timeline.ts';

export interface Closing {
  readonly by: Author;
  /** Null for pull requests, which have no reason. */
  readonly reason: StateReason | null;
  /** The commit that did it by a closing keyword. */
  readonly commitSha?: string;
}

/** Closes an issue, with its line in the timeline and, for an issue, its webhook. Nothing when it is closed already. */
export function closeIssue(box: BoxCore, issue: Issue, { by, reason, commitSha }: Closing): void {
  if (issue.state === 'closed') return;
  issue.state = 'closed';
  issue.stateReason = reason;
  issue.closedById = by.account.id;
  issue.closedAt = record(box, issue, by, {
    event: 'closed',
    stateReason: reason,
    ...(commitSha !== undefined && { commitSha }),
  }).at;
  if (!issue.isPull) emitIssue(box, issue, 'closed', by);
}

function emitIssue(box: BoxCore, issue: Issue, action: string, by: Author): void {
  const repo = repositoryById(box.world, issue.repositoryId);
  const payload = { issue: issueShape(box, repo, issue) };
  box.emit({ event: 'issues', action, repo, sender: by.account, payload });
}
