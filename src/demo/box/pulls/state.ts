import { latestChecks, latestStatuses } from '../checks/latest.ts';
import type { PullRequest, Review } from '../pull.ts';
import type { BranchProtection, Repository, World } from '../state.ts';
import { standingReviews } from './standing.ts';

export type MergeableState = 'unknown' | 'clean' | 'dirty' | 'blocked' | 'behind' | 'unstable' | 'draft';

/** GitHub's one word on whether a pull request can be merged, derived from all that it depends on. */
export function mergeableState(world: World, repo: Repository, pull: PullRequest): MergeableState {
  if (repo.issues.get(pull.number)?.state !== 'open' || pull.mergeable === null) return 'unknown';
  if (!pull.mergeable) return 'dirty';
  if (pull.draft) return 'draft';
  const reasons = blockers(world, repo, pull);
  const protection = repo.protection.get(pull.base.ref);
  if (protection && reasons.length > 0) {
    return isBehind(pull, protection) && reasons.length === 1 ? 'behind' : 'blocked';
  }
  return allGreen(repo, pull.head.sha) ? 'clean' : 'unstable';
}

/** Why the base branch's rules refuse the merge, in GitHub's words; none when they do not. */
export function blockers(world: World, repo: Repository, pull: PullRequest): readonly string[] {
  const protection = repo.protection.get(pull.base.ref);
  if (!protection) return [];
  return [
    ...missingReviews(standingReviews(world, repo, pull), protection),
    ...missingChecks(repo, pull, protection),
    ...(isBehind(pull, protection) ? ['Head branch is out of date.'] : []),
  ];
}

function missingReviews(standing: readonly Review[], { requiredApprovals }: BranchProtection): string[] {
  if (requiredApprovals === 0) return [];
  if (standing.some(({ state }) => state === 'CHANGES_REQUESTED')) return ['Changes have been requested.'];
  const approvals = standing.filter(({ state }) => state === 'APPROVED').length;
  if (approvals >= requiredApprovals) return [];
  const reviews = requiredApprovals === 1 ? 'review is' : 'reviews are';
  return [`At least ${requiredApprovals} approving ${reviews} required by reviewers with write access.`];
}

function missingChecks(repo: Repository, pull: PullRequest, { requiredChecks }: BranchProtection): string[] {
  const green = greenNames(repo, pull.head.sha);
  return requiredChecks
    .filter((name) => !green.has(name))
    .map((name) => `Required status check "${name}" is expected.`);
}

function isBehind(pull: PullRequest, { strict, requiredChecks }: BranchProtection): boolean {
  return strict && requiredChecks.length > 0 && pull.behind;
}

const passing = new Set(['success', 'neutral', 'skipped']);

function greenNames(repo: Repository, sha: string): ReadonlySet<string> {
  const checks = latestChecks(repo, sha).filter((run) => passing.has(run.conclusion ?? ''));
  const statuses = latestStatuses(repo, sha).filter((status) => status.state === 'success');
  return new Set([...checks.map((run) => run.name), ...statuses.map((status) => status.context)]);
}

function allGreen(repo: Repository, sha: string): boolean {
  return (
    latestChecks(repo, sha).every((run) => passing.has(run.conclusion ?? '')) &&
    latestStatuses(repo, sha).every((status) => status.state === 'success')
  );
}
