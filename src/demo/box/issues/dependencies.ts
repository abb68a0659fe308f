import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { HttpError, notFound } from '../errors.ts';
import { refOf, repositoryById, sameIssue } from '../find.ts';
import type { Issue } from '../issue.ts';
import { issueShape } from '../shapes/issue.ts';
import { repositoryShape } from '../shapes/repository.ts';
import { remember } from './announce.ts';

const mostEachWay = 50;

interface Dependency {
  readonly blocked: Issue;
  readonly blocker: Issue;
  readonly author: Author;
}

/** Says that one issue waits for another. 422 past GitHub's limits, for itself, twice, or with a pull request. */
export function addBlocker(box: BoxCore, dependency: Dependency): void {
  const { blocked, blocker } = dependency;
  checkDependency(dependency);
  blocked.blockedBy.push(refOf(blocker));
  blocker.blocking.push(refOf(blocked));
  tell(box, dependency, 'added');
}

/** 404 when it was not a blocker. */
export function removeBlocker(box: BoxCore, dependency: Dependency): void {
  const { blocked, blocker } = dependency;
  if (!blocked.blockedBy.some((ref) => sameIssue(ref, blocker))) throw notFound();
  blocked.blockedBy = blocked.blockedBy.filter((ref) => !sameIssue(ref, blocker));
  blocker.blocking = blocker.blocking.filter((ref) => !sameIssue(ref, blocked));
  tell(box, dependency, 'removed');
}

/** Circles are let through: whatever GitHub does about them, the App has to cope with one. */
function checkDependency({ blocked, blocker }: Dependency): void {
  if (blocked.isPull || blocker.isPull) throw refused('A pull request cannot be part of a dependency');
  if (blocked === blocker) throw refused('An issue cannot be blocked by itself');
  if (blocked.blockedBy.some((ref) => sameIssue(ref, blocker)))
    throw refused('The dependency exists already');
  if (blocked.blockedBy.length >= mostEachWay)
    throw refused(`An issue can be blocked by ${mostEachWay} issues at most`);
  if (blocker.blocking.length >= mostEachWay)
    throw refused(`An issue can block ${mostEachWay} issues at most`);
}

function refused(message: string): HttpError {
  const detail = { resource: 'IssueDependency', code: 'custom', field: 'issue_id', message } as const;
  return new HttpError(422, 'Validation Failed', { details: [detail] });
}

/** Both sides hear of it: one event for the blocked issue's repository and one for the blocker's. */
function tell(box: BoxCore, { blocked, blocker, author }: Dependency, what: 'added' | 'removed'): void {
  remember(box, blocked, author, { event: `blocked_by_${what}`, source: refOf(blocker) });
  remember(box, blocker, author, { event: `blocking_${what}`, source: refOf(blocked) });
  const home = repositoryById(box.world, blocked.repositoryId);
  const away = repositoryById(box.world, blocker.repositoryId);
  const both = {
    blocked_issue_id: blocked.id,
    blocked_issue: issueShape(box, home, blocked),
    blocking_issue_id: blocker.id,
    blocking_issue: issueShape(box, away, blocker),
  };
  const [event, sender] = ['issue_dependencies', author.account] as const;
  const toBlocked = { ...both, blocking_issue_repo: repositoryShape(box, away) };
  const toBlocker = { ...both, blocked_issue_repo: repositoryShape(box, home) };
  box.emit({ event, action: `blocked_by_${what}`, repo: home, sender, payload: toBlocked });
  box.emit({ event, action: `blocking_${what}`, repo: away, sender, payload: toBlocker });
}
