import type { PullRequest, Review } from '../pull.ts';

const decisive = new Set(['APPROVED', 'CHANGES_REQUESTED', 'DISMISSED']);

/** Each reviewer's last decisive review: a later mere comment does not take an approval back. */
export function standingReviews(pull: PullRequest): readonly Review[] {
  const last = new Map<number, Review>();
  for (const review of pull.reviews) if (decisive.has(review.state)) last.set(review.authorId, review);
  return [...last.values()];
}
