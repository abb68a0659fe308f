import type { Author } from './author.ts';
import type { BoxCore } from './core.ts';
import { HttpError, type MovedIssue } from './errors.ts';
import { fullNameOf, repositoryById } from './find.ts';
import type { Issue } from './issue.ts';
import { deleteIssue } from './issues/edit.ts';
import { openIssue } from './issues/open.ts';
import type { Repository } from './state.ts';

/** Gives a repository another name; the old one leads to it until another repository takes it. */
export function renameRepository(box: BoxCore, repo: Repository, name: string, by: Author): void {
  const { formerNames } = box.world;
  const from = repo.name;
  formerNames.set(fullNameOf(box.world, repo).toLowerCase(), repo.id);
  repo.name = name;
  formerNames.delete(fullNameOf(box.world, repo).toLowerCase());
  box.changed(repo);
  const payload = { changes: { repository: { name: { from } } } };
  box.emit({ event: 'repository', action: 'renamed', repo, sender: by.account, payload });
}

/** Moves an issue's text to another repository; its number leads there from then on. Comments and labels stay behind. */
export function transferIssue(box: BoxCore, issue: Issue, to: Repository, by: Author): Issue {
  const from = repositoryById(box.world, issue.repositoryId);
  const moved = openIssue(box, to, by, { title: issue.title, body: issue.body });
  deleteIssue(box, issue, by, 'transferred');
  from.movedIssues.set(issue.number, { repositoryId: to.id, number: moved.number });
  box.changed(from);
  box.changed(to);
  return moved;
}

/** The repository that had this name once. */
export function formerlyNamed(box: BoxCore, by: Readonly<Record<string, string>>): Repository | undefined {
  const id = box.world.formerNames.get(`${by.owner}/${by.repo}`.toLowerCase());
  return id === undefined ? undefined : box.world.repositories.get(id);
}

/** Where a request to a former name is sent on to: reads for good, writes for this once. */
export function sentOnTo(box: BoxCore, repo: Repository, request: { method: string; url: URL }): HttpError {
  const rest = request.url.pathname
    .split('/')
    .slice(6)
    .map((part) => `/${part}`)
    .join('');
  return redirect(box, `/repositories/${repo.id}${rest}${request.url.search}`, request.method);
}

/** Where a request about an issue that was moved is sent on to. */
export function followed(box: BoxCore, { to }: MovedIssue, request: { method: string; url: URL }): HttpError {
  const rest = /\/issues\/\d+(.*)$/.exec(request.url.pathname)?.[1] ?? '';
  return redirect(box, `/repositories/${to.repositoryId}/issues/${to.number}${rest}`, 'GET');
}

function redirect(box: BoxCore, path: string, method: string): HttpError {
  const [status, message] = method === 'GET' ? [301, 'Moved Permanently'] : [307, 'Temporary Redirect'];
  return new HttpError(Number(status), String(message), {
    headers: { location: `${box.url}/api/v3${path}` },
  });
}
