import type { Action, ActionResult } from '../effect.ts';
import type { Repository } from '../repository.ts';

/** The actions that workers and our own git perform. */
export type WorkAction = Extract<Action, { readonly kind: WorkKind }>;
/** The actions that GitHub itself performs. */
export type GitHubAction = Exclude<Action, { readonly kind: WorkKind }>;
type WorkKind = 'push' | 'dispatch' | 'stop-attempt' | 'release-worktree' | 'delete-branch' | 'improve-plan';

export interface WriteRequest {
  readonly repository: Repository;
  readonly action: GitHubAction;
  /** The result of the last write under this key that was not refused (a comment, a check run to edit). */
  readonly previous: ActionResult | null;
  /** An earlier try may have come through: find before create. */
  readonly retry: boolean;
}

/** Writing to GitHub for one installation. */
export interface GitHubWriter {
  /** A `refused` result is final; rejects with Retryable only: it is tried again later. */
  perform(request: WriteRequest): Promise<ActionResult>;
}
