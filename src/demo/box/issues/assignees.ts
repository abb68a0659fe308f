import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { accountById, accountNamed } from '../find.ts';
import type { Issue } from '../issue.ts';
import { accountShape } from '../shapes/account.ts';
import { announce, remember } from './announce.ts';

/** Assigns people; logins that nobody has are ignored, as on GitHub. */
export function assign(box: BoxCore, issue: Issue, author: Author, logins: readonly string[]): void {
  for (const login of logins) {
    const account = accountNamed(box.world, login);
    if (!account || issue.assigneeIds.includes(account.id)) continue;
    issue.assigneeIds.push(account.id);
    tell(box, { issue, author, subjectId: account.id, action: 'assigned' });
  }
}

export function unassign(box: BoxCore, issue: Issue, author: Author, logins: readonly string[]): void {
  for (const login of logins) {
    const account = accountNamed(box.world, login);
    if (!account || !issue.assigneeIds.includes(account.id)) continue;
    issue.assigneeIds = issue.assigneeIds.filter((id) => id !== account.id);
    tell(box, { issue, author, subjectId: account.id, action: 'unassigned' });
  }
}

/** Makes these the only assignees. */
export function replaceAssignees(
  box: BoxCore,
  issue: Issue,
  author: Author,
  logins: readonly string[],
): void {
  const kept = new Set(logins.map((login) => login.toLowerCase()));
  const present = issue.assigneeIds.map((id) => accountById(box.world, id).login);
  const dropped = present.filter((login) => !kept.has(login.toLowerCase()));
  unassign(box, issue, author, dropped);
  assign(box, issue, author, logins);
}

interface Assignment {
  readonly issue: Issue;
  readonly author: Author;
  readonly subjectId: number;
  readonly action: 'assigned' | 'unassigned';
}

function tell(box: BoxCore, { issue, author, subjectId, action }: Assignment): void {
  remember(box, issue, author, { event: action, subjectId });
  const assignee = accountShape(box, accountById(box.world, subjectId));
  announce(box, { issue, author, action, extra: { assignee } });
}
