import type { ActionResult } from '../effect.ts';
import type { AttemptId, Sha } from '../ids.ts';
import type { AttemptOrder, AttemptOutcome } from '../outcome.ts';
import type { Repository } from '../repository.ts';

/** The coordinator's own git: the only one that pushes. Every method rejects with Retryable or Terminal only. */
export interface GitRepository {
  /** The default branch's newest commit. Throws Retryable where one of `mustContain` is not in it yet. */
  base(repository: Repository, wanted: WantedBase): Promise<Sha>;
  /** Checks the bundle of an outcome (base, paths, size) and pushes its tip to the branch, if that is at `expected`. */
  push(request: PushRequest): Promise<ActionResult>;
  /** Deletes the branch if it is at `expected`; done where it is gone already. */
  deleteBranch(repository: Repository, branch: string, expected: Sha): Promise<ActionResult>;
  /** The address that workers clone from. */
  cloneUrl(repository: Repository): string;
}

export interface WantedBase {
  readonly mustContain: readonly Sha[];
  /** Whether it has to be fetched now: what was fetched a second ago may be older than the conflict that was seen. */
  readonly fresh: boolean;
}

export interface PushRequest {
  readonly repository: Repository;
  readonly outcome: AttemptOutcome;
  readonly branch: string;
  /** The branch as GitHub has it; null: it is new. */
  readonly expected: Sha | null;
}

/** Handing attempts to workers. */
export interface Dispatcher {
  /**
   * Takes the lease (a new fence) and queues the order, whose fence is replaced by the new one; nothing happens where the
   * attempt is here already.
   */
  dispatch(order: AttemptOrder, repository: Repository): Promise<void>;
  /** Ends the attempt as cancelled; nothing happens where it is not here. */
  stop(attempt: AttemptId): Promise<void>;
  /** Removes the task's worktree if it is clean and `published` holds all of its commits; else keeps and says so. */
  release(repository: Repository, issue: number, published: Sha): Promise<ActionResult>;
}
