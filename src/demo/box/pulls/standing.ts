import { accountById } from '../find.ts';
import { atLeast, roleOf } from '../needs.ts';
import type { PullRequest, Review } from '../pull.ts';
import type { Repository, World } from '../state.ts';

const decisive = new Set(['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED']);

/**
 * Each reviewer's last decisive review, of those who may write: only these count for the base branch's rules. A
 * later mere comment does not take an approval back.
 */
export function standingReviews(world: World, repo: Repository, pull: PullRequest): readonly Review[] {
  const last = new Map<number, Review>();
  for (const review of pull.reviews) if (decisive.has(review.state)) last.set(review.authorId, review);
  return [...last.values()].filter(({ authorId, appId }) => {
    return appId !== null || atLeast(roleOf(world, repo, accountById(world, authorId)), 'write');
  });
}
