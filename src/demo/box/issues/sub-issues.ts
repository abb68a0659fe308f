import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { HttpError, invalid, notFound } from '../errors.ts';
import { issueAt, issueById, refOf, repositoryById, sameIssue } from '../find.ts';
import type { Issue } from '../issue.ts';
import { issueShape } from '../shapes/issue.ts';
import { repositoryShape } from '../shapes/repository.ts';
import { remember } from './announce.ts';

const mostSubIssues = 100;
const mostLevels = 8;

interface Link {
  readonly parent: Issue;
  readonly child: Issue;
  readonly author: Author;
}

/** Makes one issue a sub-issue of another. 422 past GitHub's limits, for a second parent and for a circle. */
export function addSubIssue(
  box: BoxCore,
  link: Link & { readonly replaceParent?: boolean | undefined },
): void {
  const { parent, child, author } = link;
  checkLink(box, link);
  if (child.parent) {
    if (link.replaceParent !== true) throw refused('Sub issue may only have one parent');
    removeSubIssue(box, { parent: issueAt(box.world, child.parent), child, author });
  }
  parent.subIssues.push(refOf(child));
  child.parent = refOf(parent);
  tell(box, link, 'added');
}

/** Takes a sub-issue out of its parent; 404 when it is not one of its own. */
export function removeSubIssue(box: BoxCore, link: Link): void {
  const { parent, child } = link;
  if (!child.parent || !sameIssue(child.parent, refOf(parent))) throw notFound();
  parent.subIssues = parent.subIssues.filter((ref) => !sameIssue(ref, child));
  child.parent = null;
  tell(box, link, 'removed');
}

interface Move {
  readonly parent: Issue;
  readonly child: Issue;
  readonly afterId?: number | undefined;
  readonly beforeId?: number | undefined;
}

/** Moves a sub-issue behind or before another one of the same parent. */
export function moveSubIssue(box: BoxCore, { parent, child, afterId, beforeId }: Move): void {
  const anchor = issueById(box.world, afterId ?? beforeId ?? 0);
  const rest = parent.subIssues.filter((ref) => !sameIssue(ref, child));
  const at = anchor ? rest.findIndex((ref) => sameIssue(ref, anchor)) : -1;
  if (rest.length === parent.subIssues.length) throw notFound();
  if (at < 0) throw invalid({ resource: 'SubIssue', field: 'after_id', code: 'invalid' });
  rest.splice(afterId === undefined ? at : at + 1, 0, refOf(child));
  parent.subIssues = rest;
}

function checkLink(box: BoxCore, { parent, child }: Link): void {
  if (child.isPull || parent.isPull) throw refused('Pull requests cannot be sub-issues');
  const owner = (issue: Issue) => repositoryById(box.world, issue.repositoryId).ownerId;
  if (owner(parent) !== owner(child)) throw refused('Sub-issue must belong to the same owner as its parent');
  if (parent.subIssues.some((ref) => sameIssue(ref, child)))
    throw refused('Issue may not contain duplicate sub-issues');
  if (parent.subIssues.length >= mostSubIssues)
    throw refused(`Parent cannot have more than ${mostSubIssues} sub-issues`);
  const above = ancestors(box, parent);
  if (above.includes(child)) throw refused('Sub-issue may not be an ancestor of its parent');
  if (above.length + height(box, child) > mostLevels)
    throw refused(`Issues can be nested ${mostLevels} levels deep`);
}

/** The issue itself and everything above it. */
function ancestors(box: BoxCore, issue: Issue): readonly Issue[] {
  return issue.parent ? [issue, ...ancestors(box, issueAt(box.world, issue.parent))] : [issue];
}

function height(box: BoxCore, issue: Issue): number {
  return 1 + Math.max(0, ...issue.subIssues.map((ref) => height(box, issueAt(box.world, ref))));
}

function refused(why: string): HttpError {
  return new HttpError(422, `An error occurred while adding the sub-issue to the parent issue. ${why}`);
}

/** Both sides hear of it: one event for the parent's repository and one for the child's. */
function tell(box: BoxCore, { parent, child, author }: Link, what: 'added' | 'removed'): void {
  remember(box, parent, author, { event: `sub_issue_${what}`, source: refOf(child) });
  remember(box, child, author, { event: `parent_issue_${what}`, source: refOf(parent) });
  const home = repositoryById(box.world, parent.repositoryId);
  const away = repositoryById(box.world, child.repositoryId);
  const both = {
    parent_issue_id: parent.id,
    parent_issue: issueShape(box, home, parent),
    sub_issue_id: child.id,
    sub_issue: issueShape(box, away, child),
  };
  const [event, sender] = ['sub_issues', author.account] as const;
  const toParent = { ...both, sub_issue_repo: repositoryShape(box, away) };
  const toChild = { ...both, parent_issue_repo: repositoryShape(box, home) };
  box.emit({ event, action: `sub_issue_${what}`, repo: home, sender, payload: toParent });
  box.emit({ event, action: `parent_issue_${what}`, repo: away, sender, payload: toChild });
}
