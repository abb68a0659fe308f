import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import type { Issue, StateReason } from '../issue.ts';
import { announce, remember } from './announce.ts';

export type CloseReason = Exclude<StateReason, 'reopened'>;

interface Closing {
  readonly reason?: CloseReason | undefined;
  /** The commit or merge that closed it by a keyword. */
  readonly commitSha?: string | undefined;
}

/** Closes an issue or pull request; of a closed issue only the reason can change. */
export function closeIssue(box: BoxCore, issue: Issue, author: Author, how: Closing = {}): void {
  const stateReason = issue.isPull ? null : (how.reason ?? 'completed');
  if (issue.state === 'closed') {
    if (how.reason) issue.stateReason = stateReason;
    return;
  }
  issue.state = 'closed';
  issue.stateReason = stateReason;
  issue.closedAt = box.clock.now();
  issue.closedById = author.account.id;
  const commit = how.commitSha === undefined ? {} : { commitSha: how.commitSha };
  remember(box, issue, author, { event: 'closed', stateReason, ...commit });
  announce(box, { issue, author, action: 'closed' });
}

export function reopenIssue(box: BoxCore, issue: Issue, author: Author): void {
  if (issue.state === 'open') return;
  issue.state = 'open';
  issue.stateReason = issue.isPull ? null : 'reopened';
  issue.closedAt = null;
  issue.closedById = null;
  remember(box, issue, author, { event: 'reopened' });
  announce(box, { issue, author, action: 'reopened' });
}
