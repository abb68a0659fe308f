import type { Blocker } from '../../domain/dependency.ts';
import { type IssueRef, isHome } from '../../domain/ids.ts';
import type { Comment, Issue, LabelEvent, LastEdit } from '../../domain/issue.ts';
import type { Repository } from '../../domain/repository.ts';
import type { Connection } from '../connection.ts';
import { at, integer, integerOr, isNull, type Json, list, login, text, textOr, time, word } from '../json.ts';

const ISSUES = 'GET /repos/{owner}/{repo}/issues';
const ISSUE = 'GET /repos/{owner}/{repo}/issues/{issue_number}';

const named = ({ owner, name }: { readonly owner: string; readonly name: string }) => ({ owner, repo: name });

/** Open issues with the label, oldest first. */
export async function labelledIssues(
  connection: Connection,
  repository: Repository,
  label: string,
): Promise<readonly Issue[]> {
  const sorting = { state: 'open', sort: 'created', direction: 'asc' };
  const found = await connection.list(ISSUES, { ...named(repository), ...sorting, labels: label });
  return unique(found.map(issueOf)).filter((issue) => !issue.isPullRequest);
}

/** Issues updated since (GitHub's clock), open or closed; pull requests are issues to GitHub. */
export async function issuesSince(
  connection: Connection,
  repository: Repository,
  since: number,
): Promise<readonly Issue[]> {
  const params = { state: 'all', sort: 'created', direction: 'asc', since: isoOf(since) };
  return unique((await connection.list(ISSUES, { ...named(repository), ...params })).map(issueOf));
}

const isoOf = (time: number): string => new Date(Math.max(0, time)).toISOString();

/**
 * Null: gone, or moved to another repository (GitHub forwards to it). A repository that is renamed while it is read
 * looks the same for a moment, so its name is asked for before the issue is given up.
 */
export async function oneIssue(
  connection: Connection,
  repository: Repository,
  number: number,
): Promise<Issue | null> {
  const found = await connection.find(ISSUE, { ...named(repository), issue_number: number });
  if (found === null) return null;
  const [here] = await atHome(connection, repository, [found]);
  return here && refOf(here).number === number ? issueOf(here) : null;
}

/** Those of the repository itself, by the name that it has now. */
async function atHome(
  connection: Connection,
  repository: Repository,
  issues: readonly Json[],
): Promise<readonly Json[]> {
  if (issues.every((issue) => isHome(refOf(issue), repository))) return issues;
  const now = await nameNow(connection, repository);
  return issues.filter((issue) => isHome(refOf(issue), repository) || isHome(refOf(issue), now));
}

async function nameNow(
  connection: Connection,
  repository: Repository,
): Promise<{ owner: string; name: string }> {
  const found = await connection.read('GET /repositories/{id}', { id: repository.key.repositoryId });
  return { owner: login(at(found, 'owner')), name: text(at(found, 'name')) };
}

/** The last time that the label was set, from the timeline: a delivery may lie or be lost. */
export async function labelEvent(given: {
  connection: Connection;
  repository: Repository;
  number: number;
  label: string;
}): Promise<LabelEvent | null> {
  const { connection, repository, number, label } = given;
  const events = await timeline(connection, repository, number);
  const last = events.findLast(
    (event) =>
      at(event, 'event').value === 'labeled' && sameLabel(textOr(at(event, 'label', 'name'), ''), label),
  );
  if (!last) return null;
  return { id: integer(at(last, 'id')), actor: login(at(last, 'actor')), at: time(at(last, 'created_at')) };
}

/** When the title was changed last, and by whom; GitHub's `lastEditedAt` knows of bodies alone. */
export async function lastRename(
  connection: Connection,
  repository: Repository,
  number: number,
): Promise<LastEdit | null> {
  const events = await timeline(connection, repository, number);
  const last = events.findLast((event) => at(event, 'event').value === 'renamed');
  if (!last) return null;
  const actor = at(last, 'actor', 'login');
  return { at: time(at(last, 'created_at')), editor: isNull(actor) ? null : text(actor) };
}

const timeline = async (
  connection: Connection,
  repository: Repository,
  number: number,
): Promise<readonly Json[]> =>
  await connection.list(`${ISSUE}/timeline`, { ...named(repository), issue_number: number });

/** GitHub's labels differ by more than case. */
const sameLabel = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** Native sub-issues of the same repository, in their order; those elsewhere cannot be worked on here. */
export async function subIssues(
  connection: Connection,
  repository: Repository,
  number: number,
): Promise<readonly Issue[]> {
  const found = await connection.findList(`${ISSUE}/sub_issues`, {
    ...named(repository),
    issue_number: number,
  });
  return (await atHome(connection, repository, found ?? [])).map(issueOf);
}

export async function blockedBy(
  connection: Connection,
  repository: Repository,
  number: number,
): Promise<readonly Blocker[]> {
  const params = { ...named(repository), issue_number: number };
  const found = await connection.findList(`${ISSUE}/dependencies/blocked_by`, params);
  return (found ?? []).map((issue) => ({ ref: refOf(issue), state: stateOf(issue) }));
}

/** The state of an issue anywhere; `unreadable` where there is none that the App may see. */
export async function blocker(connection: Connection, ref: IssueRef): Promise<Blocker> {
  const unreadable = [403, 404, 410, 451];
  const found = await connection.find(ISSUE, { ...named(ref), issue_number: ref.number }, unreadable);
  return { ref, state: found === null ? 'unreadable' : stateOf(found) };
}

/**
 * Comments of all issues and pull requests updated since, in the order in which they were made. That order is also the
 * pages': one that is edited meanwhile cannot push another off its page.
 */
export async function commentsSince(
  connection: Connection,
  repository: Repository,
  since: number,
): Promise<readonly Comment[]> {
  const found = await connection.list(`${ISSUES}/comments`, {
    ...named(repository),
    since: isoOf(since),
    sort: 'created',
    direction: 'asc',
  });
  return unique(found.map(commentOf)).toSorted((a, b) => a.createdAt - b.createdAt || a.id - b.id);
}

export function issueOf(from: Json): Issue {
  const subIssueCount = integerOr(at(from, 'sub_issues_summary', 'total'), null);
  return {
    id: integer(at(from, 'id')),
    nodeId: text(at(from, 'node_id')),
    number: integer(at(from, 'number')),
    title: text(at(from, 'title')),
    body: textOr(at(from, 'body'), ''),
    state: stateOf(from),
    labels: list(at(from, 'labels')).map(labelOf),
    author: login(at(from, 'user')),
    isPullRequest: !isNull(at(from, 'pull_request')),
    hasParent: !isNull(at(from, 'parent_issue_url')),
    subIssueCount,
    blockedByCount: integerOr(at(from, 'issue_dependencies_summary', 'total_blocked_by'), null),
    createdAt: time(at(from, 'created_at')),
    updatedAt: time(at(from, 'updated_at')),
  };
}

const stateOf = (from: Json): 'open' | 'closed' => word(at(from, 'state'), ['open', 'closed'], 'open');

/** GitHub writes labels as objects, older versions as bare names. */
const labelOf = (from: Json): string =>
  typeof from.value === 'string' ? from.value : textOr(at(from, 'name'), '');

/** Where an issue lies, by the address of its repository: `…/repos/owner/name`. */
function refOf(from: Json): IssueRef {
  const [owner = '', name = ''] = text(at(from, 'repository_url')).split('/').slice(-2);
  return { owner, name, number: integer(at(from, 'number')) };
}

function commentOf(from: Json): Comment {
  return {
    id: integer(at(from, 'id')),
    nodeId: text(at(from, 'node_id')),
    issue: Number(/\/(\d+)$/.exec(text(at(from, 'issue_url')))?.[1] ?? Number.NaN),
    author: login(at(from, 'user')),
    byBot: at(from, 'user', 'type').value === 'Bot' || !isNull(at(from, 'performed_via_github_app')),
    body: textOr(at(from, 'body'), ''),
    createdAt: time(at(from, 'created_at')),
    updatedAt: time(at(from, 'updated_at')),
    lastEdit: null,
  };
}

/** Pages move while they are read: what comes twice counts once. */
const unique = <T extends { readonly id: number }>(items: readonly T[]): readonly T[] => [
  ...new Map(items.map((item) => [item.id, item])).values(),
];
