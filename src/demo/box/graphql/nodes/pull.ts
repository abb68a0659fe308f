import { isoOrNull } from '../../clock.ts';
import { accountById, issueOf } from '../../find.ts';
import type { PullRequest } from '../../pull.ts';
import { standingReviews } from '../../pulls/standing.ts';
import { mergeableState } from '../../pulls/state.ts';
import { pullPage } from '../../shapes/pull.ts';
import { nodeId, type Repository } from '../../state.ts';
import { connection } from '../connection.ts';
import type { Node, View } from '../view.ts';
import { numbered } from './issue.ts';
import { textFields, times } from './text.ts';

export function pull(view: View, repo: Repository, one: PullRequest): Node {
  const issue = issueOf(repo, one.number);
  return {
    __typename: 'PullRequest',
    ...textFields(view, repo, issue),
    ...times(issue),
    ...numbered(view, repo, issue),
    ...merging(view, repo, one),
    ...sides(view, repo, one),
    ...conversation(view, repo, one),
    id: nodeId('pull', one.id),
    databaseId: one.id,
    fullDatabaseId: String(one.id),
    isDraft: one.draft,
    state: one.mergedAt !== null ? 'MERGED' : issue.state.toUpperCase(),
    additions: one.size.additions,
    deletions: one.size.deletions,
    changedFiles: one.size.changedFiles,
    url: pullPage(view.box, repo, one.number),
  };
}

function merging({ box, account }: View, repo: Repository, one: PullRequest) {
  const mergeable = one.mergeable ? 'MERGEABLE' : 'CONFLICTING';
  return {
    merged: one.mergedAt !== null,
    mergedAt: isoOrNull(one.mergedAt),
    mergedBy: () => (one.mergedById === null ? null : account(accountById(box.world, one.mergedById))),
    mergeable: one.mergeable === null ? 'UNKNOWN' : mergeable,
    mergeStateStatus: mergeableState(box.world, repo, one).toUpperCase(),
    canBeRebased: one.rebaseable ?? false,
    reviewDecision: () => decision(box.world, repo, one),
  };
}

/** Null where no review is asked for and none was given. */
function decision(world: View['box']['world'], repo: Repository, one: PullRequest): string | null {
  const standing = standingReviews(world, repo, one);
  const required = repo.protection.get(one.base.ref)?.requiredApprovals ?? 0;
  if (standing.some(({ state }) => state === 'CHANGES_REQUESTED')) return 'CHANGES_REQUESTED';
  const approvals = standing.filter(({ state }) => state === 'APPROVED').length;
  if (approvals > 0 && approvals >= required) return 'APPROVED';
  return required > 0 ? 'REVIEW_REQUIRED' : null;
}

function sides(view: View, repo: Repository, one: PullRequest) {
  return {
    headRefName: one.head.ref,
    headRefOid: one.head.sha,
    baseRefName: one.base.ref,
    baseRefOid: one.base.sha,
    isCrossRepository: false,
    headRepository: () => view.repository(repo),
    baseRepository: () => view.repository(repo),
    maintainerCanModify: one.maintainerCanModify,
  };
}

function conversation(view: View, repo: Repository, one: PullRequest) {
  const at = { repo, pull: one };
  const sent = one.reviews.filter(({ state }) => state !== 'PENDING');
  return {
    reviews: connection('reviews', sent, (review) => view.review(at, review)),
    reviewThreads: connection('reviewThreads', one.threads, (thread) => view.thread(at, thread)),
  };
}
