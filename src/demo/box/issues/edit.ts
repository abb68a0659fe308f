import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { repositoryById } from '../find.ts';
import type { Issue } from '../issue.ts';
import { issueShape } from '../shapes/issue.ts';
import { announce, remember } from './announce.ts';
import { noteMentions } from './mentions.ts';

export interface IssueText {
  readonly title?: string | undefined;
  readonly body?: string | null | undefined;
}

/** Changes title and body, with one `edited` webhook that names what they were. */
export function editText(box: BoxCore, issue: Issue, author: Author, wanted: IssueText): void {
  const changes: Record<string, { readonly from: string }> = {};
  if (wanted.title !== undefined && wanted.title !== issue.title) {
    changes.title = { from: issue.title };
    remember(box, issue, author, { event: 'renamed', rename: { from: issue.title, to: wanted.title } });
    issue.title = wanted.title;
  }
  if (wanted.body !== undefined && wanted.body !== issue.body) {
    changes.body = { from: issue.body ?? '' };
    issue.body = wanted.body;
    issue.lastEditedAt = box.clock.now();
    issue.lastEditorId = author.account.id;
    noteMentions(box, issue, author, wanted.body);
  }
  if (Object.keys(changes).length === 0) return;
  issue.updatedAt = box.clock.now();
  announce(box, { issue, author, action: 'edited', extra: { changes } });
}

/** Deletes an issue for good: GitHub answers 410 for its number from then on. */
export function deleteIssue(
  box: BoxCore,
  issue: Issue,
  author: Author,
  action: 'deleted' | 'transferred' = 'deleted',
): void {
  const repo = repositoryById(box.world, issue.repositoryId);
  const payload = { issue: issueShape(box, repo, issue) };
  forget(box, issue);
  repo.issues.delete(issue.number);
  if (action === 'deleted') repo.deletedIssues.add(issue.number);
  box.emit({ event: 'issues', action, repo, sender: author.account, payload });
}

/** No other issue may point to one that is gone. */
function forget(box: BoxCore, issue: Issue): void {
  const isOther = (ref: { readonly repositoryId: number; readonly number: number }) =>
    ref.repositoryId !== issue.repositoryId || ref.number !== issue.number;
  for (const repo of box.world.repositories.values()) {
    for (const other of repo.issues.values()) {
      if (other.parent && !isOther(other.parent)) other.parent = null;
      other.subIssues = other.subIssues.filter(isOther);
      other.blockedBy = other.blockedBy.filter(isOther);
      other.blocking = other.blocking.filter(isOther);
    }
  }
}
