import type { CheckRun, CommitStatus } from '../check.ts';
import type { Repository } from '../state.ts';

/** For each App and name the newest check run of a commit, newest first. */
export function latestChecks(repo: Repository, sha: string): readonly CheckRun[] {
  return newest(checksOf(repo, sha), (run) => `${run.appId} ${run.name}`);
}

/** All check runs of a commit, newest first. */
export function checksOf(repo: Repository, sha: string): readonly CheckRun[] {
  return [...repo.checkRuns.values()].filter((run) => run.headSha === sha).reverse();
}

/** For each context the newest status of a commit, newest first. */
export function latestStatuses(repo: Repository, sha: string): readonly CommitStatus[] {
  return newest(statusesOf(repo, sha), (status) => status.context);
}

/** All statuses of a commit, newest first. */
export function statusesOf(repo: Repository, sha: string): readonly CommitStatus[] {
  return repo.statuses.filter((status) => status.sha === sha).reverse();
}

function newest<T>(items: readonly T[], key: (item: T) => string): readonly T[] {
  const seen = new Map<string, T>();
  for (const item of items) if (!seen.has(key(item))) seen.set(key(item), item);
  return [...seen.values()];
}
