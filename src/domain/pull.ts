import type { Sha } from './ids.ts';

/** A pull request that belongs to a task. Times are milliseconds since the epoch (GitHub's clock). */
export interface Pull {
  readonly number: number;
  readonly nodeId: string;
  readonly branch: string;
  readonly headSha: Sha;
  readonly base: string;
  readonly state: 'open' | 'closed';
  readonly draft: boolean;
  readonly merged: boolean;
  readonly mergeSha: Sha | null;
  readonly updatedAt: number;
  /** Null: GitHub is still computing, or nobody needed to know. */
  readonly mergeable: boolean | null;
  readonly reviews: readonly Review[];
  readonly checks: Checks;
}

/** A submitted review with its inline comments; only those by people who may write have effect. */
export interface Review {
  readonly id: number;
  readonly author: string;
  readonly authorMayWrite: boolean;
  readonly state: 'approved' | 'changes-requested' | 'commented' | 'dismissed';
  readonly body: string;
  readonly commit: Sha | null;
  readonly submittedAt: number;
  readonly comments: readonly ReviewComment[];
}

export interface ReviewComment {
  readonly id: number;
  readonly path: string;
  readonly line: number | null;
  readonly body: string;
  readonly author: string;
}

/** All checks and statuses of a head, less our own `parallel/dependencies`. */
export interface Checks {
  /** `unread`: nobody needed to know yet. `none`: the head has no check at all. */
  readonly state: 'unread' | 'none' | 'pending' | 'success' | 'failure';
  /** Names of what failed or is pending, for the people who wait. */
  readonly names: readonly string[];
}

export const UNREAD_CHECKS: Checks = { state: 'unread', names: [] };

/** The last word of each reviewer: later reviews replace earlier ones, plain comments do not. */
export function standingReviews(reviews: readonly Review[]): readonly Review[] {
  const last = new Map<string, Review>();
  for (const review of reviews) {
    if (review.state !== 'commented') last.set(review.author, review);
  }
  return [...last.values()];
}

/** How many people who may write approve exactly this head. */
export function approvalsOf(pull: Pull): number {
  return standingReviews(pull.reviews).filter(
    (review) => review.state === 'approved' && review.authorMayWrite && review.commit === pull.headSha,
  ).length;
}
