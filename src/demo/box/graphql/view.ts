import type { Account, Actor } from '../account.ts';
import type { BoxCore } from '../core.ts';
import type { Issue, IssueComment } from '../issue.ts';
import type { PullRequest, Review, ReviewComment, ReviewThread } from '../pull.ts';
import type { PullAt } from '../shapes/review.ts';
import type { Repository } from '../state.ts';

/** A node as its resolvers see it: values, and functions for what leads to other nodes. */
export type Node = Readonly<Record<string, unknown>> & { readonly __typename: string };

/**
 * Nodes lead to one another in circles. Each file of `nodes/` makes one kind and reaches the others through this
 * table, so that the files themselves stay in order.
 */
export interface View {
  readonly box: BoxCore;
  readonly actor: Actor;
  account(account: Account): Node;
  repository(repo: Repository): Node;
  issue(repo: Repository, issue: Issue): Node;
  comment(repo: Repository, comment: IssueComment): Node;
  pull(repo: Repository, pull: PullRequest): Node;
  review(at: PullAt, review: Review): Node;
  reviewComment(at: PullAt, comment: ReviewComment): Node;
  thread(at: PullAt, thread: ReviewThread): Node;
}
