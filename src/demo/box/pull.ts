import type { Reaction } from './issue.ts';

/** The git side of a pull request; title, body, labels and state are in the issue of the same number. */
export interface PullRequest {
  readonly id: number;
  readonly number: number;
  draft: boolean;
  readonly head: PullSide;
  readonly base: PullSide;
  /** `null` until git has computed it for this pair of head and base. */
  mergeable: boolean | null;
  /** Whether a rebase would go through, and whether the base has commits that the head has not. */
  rebaseable: boolean | null;
  behind: boolean;
  size: PullSize;
  /** The test merge before the merge, the merge itself after it. */
  mergeCommitSha: string | null;
  mergedAt: number | null;
  mergedById: number | null;
  requestedReviewerIds: number[];
  readonly reviews: Review[];
  readonly threads: ReviewThread[];
  autoMerge: MergeMethod | null;
  maintainerCanModify: boolean;
}

/** How much a pull request changes, as of its last push or of the base's. */
export interface PullSize {
  readonly commits: number;
  readonly additions: number;
  readonly deletions: number;
  readonly changedFiles: number;
}

export interface PullSide {
  readonly repositoryId: number;
  /** Branch name without `refs/heads/`. */
  ref: string;
  sha: string;
}

export type MergeMethod = 'merge' | 'squash' | 'rebase';

export type ReviewState = 'PENDING' | 'COMMENTED' | 'APPROVED' | 'CHANGES_REQUESTED' | 'DISMISSED';

export interface Review {
  readonly id: number;
  readonly authorId: number;
  readonly appId: number | null;
  body: string;
  state: ReviewState;
  readonly commitSha: string;
  submittedAt: number | null;
  lastEditedAt: number | null;
  lastEditorId: number | null;
}

/** A conversation on a line of the diff. */
export interface ReviewThread {
  /** A number like the other ids; GraphQL shows it as a node id. */
  readonly id: number;
  resolvedById: number | null;
  outdated: boolean;
  readonly comments: ReviewComment[];
}

export interface ReviewComment {
  readonly id: number;
  readonly reviewId: number;
  readonly inReplyToId: number | null;
  readonly authorId: number;
  readonly appId: number | null;
  body: string;
  readonly path: string;
  /** `null` once the line is gone from the diff. */
  line: number | null;
  readonly originalLine: number;
  readonly startLine: number | null;
  readonly side: 'LEFT' | 'RIGHT';
  readonly diffHunk: string;
  /** Lines below the first `@@` of the file's diff. */
  readonly position: number;
  commitSha: string;
  readonly originalCommitSha: string;
  readonly createdAt: number;
  updatedAt: number;
  lastEditedAt: number | null;
  lastEditorId: number | null;
  readonly reactions: Reaction[];
}
