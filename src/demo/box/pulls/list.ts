import { accountById, issueOf } from '../find.ts';
import type { PullRequest } from '../pull.ts';
import type { Repository, World } from '../state.ts';

export interface PullFilter {
  readonly state: 'open' | 'closed' | 'all';
  /** `owner:branch`. */
  readonly head: string | null;
  readonly base: string | null;
  readonly sort: 'created' | 'updated' | 'popularity' | 'long-running';
  readonly direction: 'asc' | 'desc';
}

/** The pull requests that a list shows, in its order. */
export function listPulls(world: World, repo: Repository, filter: PullFilter): readonly PullRequest[] {
  const owner = accountById(world, repo.ownerId).login;
  const shown = [...repo.pulls.values()].filter(
    (pull) =>
      (filter.state === 'all' || issueOf(repo, pull.number).state === filter.state) &&
      (filter.head === null || filter.head === `${owner}:${pull.head.ref}`) &&
      (filter.base === null || filter.base === pull.base.ref),
  );
  const sign = filter.direction === 'asc' ? 1 : -1;
  const value = (pull: PullRequest) => sortValue(repo, pull, filter.sort);
  return shown.sort((left, right) => sign * (value(left) - value(right) || left.number - right.number));
}

/** `popularity` is the number of comments, `long-running` the age of what is still open. */
function sortValue(repo: Repository, pull: PullRequest, sort: PullFilter['sort']): number {
  const issue = issueOf(repo, pull.number);
  if (sort === 'updated') return issue.updatedAt;
  if (sort === 'popularity') {
    return [...repo.comments.values()].filter((comment) => comment.issueNumber === pull.number).length;
  }
  return issue.createdAt;
}
