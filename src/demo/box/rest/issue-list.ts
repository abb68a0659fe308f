import type { BoxCore } from '../core.ts';
import { accountById, accountNamed } from '../find.ts';
import type { Issue } from '../issue.ts';
import { page, sinceOf } from '../pages.ts';
import { type Answer, choice, type RepoCall } from '../router.ts';
import { issueShape } from '../shapes/issue.ts';
import { labelsOf } from '../shapes/label.ts';
import type { Repository } from '../state.ts';

type Filter = (issue: Issue) => boolean;

/** Issues and pull requests of a repository, filtered and sorted as asked; may lag behind writes. */
export function listIssues(box: BoxCore, call: RepoCall): Answer {
  const repo = box.listed(call);
  const filters = [
    byState(call),
    byLabels(call, repo),
    bySince(call),
    byCreator(box, call),
    byAssignee(box, call),
  ];
  const matching = [...repo.issues.values()].filter((issue) => filters.every((filter) => filter(issue)));
  return page(call, sorted(call, repo, matching), (issue) => issueShape(box, repo, issue));
}

function byState(call: RepoCall): Filter {
  const state = choice(call, 'state', ['open', 'closed', 'all'], 'open');
  return (issue) => state === 'all' || issue.state === state;
}

/** All of the labels named must be there. */
function byLabels(call: RepoCall, repo: Repository): Filter {
  const wanted = (call.query.get('labels') ?? '')
    .split(',')
    .flatMap((name) => name.trim().toLowerCase() || []);
  return (issue) => {
    const present = labelsOf(repo, issue).map((label) => label.name.toLowerCase());
    return wanted.every((name) => present.includes(name));
  };
}

/** Times are compared to the second, as they are shown. */
function bySince(call: RepoCall): Filter {
  const since = sinceOf(call.query);
  return (issue) => since === undefined || Math.floor(issue.updatedAt / 1000) * 1000 >= since;
}

function byCreator(box: BoxCore, call: RepoCall): Filter {
  const login = call.query.get('creator');
  if (login === null) return () => true;
  const account = accountNamed(box.world, login);
  return (issue) => issue.authorId === account?.id;
}

/** `none` and `*` mean nobody and anybody. */
function byAssignee(box: BoxCore, call: RepoCall): Filter {
  const login = call.query.get('assignee');
  if (login === null) return () => true;
  if (login === 'none') return (issue) => issue.assigneeIds.length === 0;
  if (login === '*') return (issue) => issue.assigneeIds.length > 0;
  return (issue) => issue.assigneeIds.some((id) => accountById(box.world, id).login === login);
}

function sorted(call: RepoCall, repo: Repository, issues: readonly Issue[]): readonly Issue[] {
  const by = choice(call, 'sort', ['created', 'updated', 'comments'], 'created');
  const sign = choice(call, 'direction', ['asc', 'desc'], 'desc') === 'asc' ? 1 : -1;
  const comments = [...repo.comments.values()];
  const key = (issue: Issue) => {
    if (by === 'comments') return comments.filter((one) => one.issueNumber === issue.number).length;
    return by === 'updated' ? issue.updatedAt : issue.createdAt;
  };
  return [...issues].sort((left, right) => sign * (key(left) - key(right) || left.number - right.number));
}
