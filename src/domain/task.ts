import type { IssueRef, RunId, Sha } from './ids.ts';

/** Tiers: all tasks of a higher one go before those of a lower one. */
export type Priority = 'low' | 'medium' | 'high' | 'critical';
export const PRIORITIES: readonly Priority[] = ['low', 'medium', 'high', 'critical'];

/** How a task ended; exactly one of these, once. */
export type TaskEnd = 'landed' | 'failed' | 'cancelled' | 'skipped' | 'withdrawn';
export const TASK_ENDS: readonly TaskEnd[] = ['landed', 'failed', 'cancelled', 'skipped', 'withdrawn'];

/** One issue in a run: what the store keeps of it. Times are milliseconds since the epoch (our clock). */
export interface Task {
  readonly runId: RunId;
  readonly issue: number;
  /** Who asked for the work, and so who is named when a person is needed. */
  readonly requestedBy: string;
  readonly joinedAt: number;
  /** Fixed with the first intent to create the branch: a later change of the title does not rename it. */
  readonly branch: string;
  /** Hash of title and body that somebody with write permission asked for; another text needs a new approval. */
  readonly textHash: string;
  /** With `approval: plan`: when the plan with this task in it was approved. */
  readonly approvedAt: number | null;
  readonly priority: Priority | null;
  readonly pausedAt: number | null;
  /** Attempts up to this number no longer count as rounds (a person said `retry`). */
  readonly forgivenAttempts: number;
  /** Changes of protected paths in attempts up to this number were approved by a person. */
  readonly approvedAttempts: number;
  /** Attempts up to this number hold no exclusive keys any more: the task had ended, and a person brought it back. */
  readonly releasedAttempts: number;
  readonly needsHuman: NeedsHuman | null;
  readonly ended: Ended | null;
}

/** What nobody has said or done about a task that has just joined. */
export const UNTOUCHED = {
  approvedAt: null,
  priority: null,
  pausedAt: null,
  forgivenAttempts: 0,
  approvedAttempts: 0,
  releasedAttempts: 0,
  needsHuman: null,
  ended: null,
} as const satisfies Partial<Task>;

export interface Ended {
  readonly as: TaskEnd;
  readonly at: number;
  readonly cause: string;
  /** The commit that brought the work onto the default branch: what dependents must stand on. */
  readonly mergeSha: Sha | null;
}

export interface NeedsHuman {
  readonly at: number;
  /** The person for whom the task waits. */
  readonly who: string;
  readonly cause: string;
  readonly nextStep: string;
}

/** Why a task does not start; every one is shown where people look. */
export type WaitReason =
  | { readonly kind: 'blocked'; readonly by: readonly BlockedBy[] }
  | { readonly kind: 'cycle'; readonly path: readonly number[] }
  | { readonly kind: 'key'; readonly key: string; readonly heldBy: number }
  | { readonly kind: 'slot'; readonly limit: number }
  /** No worker has these capabilities, which the policy asks for by a label. */
  | { readonly kind: 'worker'; readonly requires: readonly string[] }
  | { readonly kind: 'paused' }
  /** The repository is archived or disabled. */
  | { readonly kind: 'read-only' }
  | { readonly kind: 'approval' }
  /** `by`: who may not write; null: GitHub does not say who. */
  | { readonly kind: 'edited'; readonly by: string | null }
  | { readonly kind: 'backoff'; readonly until: number; readonly cause: string }
  | { readonly kind: 'config' };

export interface BlockedBy {
  readonly ref: IssueRef;
  /** `open`: still to land. `ended`: it ended otherwise, and a person has to act. */
  readonly because: 'open' | 'failed' | 'cancelled' | 'withdrawn' | 'needs-human' | 'unreadable';
}

/** What a pull request waits for while no agent works on it; every one is shown where people look. */
export type PullWait =
  | { readonly kind: 'config' }
  | { readonly kind: 'draft' }
  /** A reviewer has asked for changes that are made. */
  | { readonly kind: 'look-again'; readonly by: string }
  | { readonly kind: 'approvals'; readonly missing: number }
  | {
      readonly kind: 'checks';
      readonly state: 'failure' | 'pending' | 'unread';
      readonly names: readonly string[];
    }
  | { readonly kind: 'blocked'; readonly by: readonly BlockedBy[] }
  | { readonly kind: 'paused' }
  | { readonly kind: 'read-only' }
  /** Approved and green, and the policy leaves merging to people. */
  | { readonly kind: 'merge' }
  | { readonly kind: 'merge-refused'; readonly message: string }
  /** GitHub has not said yet whether it can be merged. */
  | { readonly kind: 'mergeable' };

/** Where a task stands now: derived from facts at every look, never stored. */
export type TaskStatus =
  | { readonly state: 'waiting'; readonly reason: WaitReason }
  | { readonly state: 'ready' }
  | { readonly state: 'running'; readonly phase: 'queued' | 'working' | 'publishing' }
  | { readonly state: 'review'; readonly wait: PullWait }
  /** `wait` null: it is merged next. */
  | { readonly state: 'landing'; readonly wait: PullWait | null }
  | { readonly state: 'needs-human'; readonly need: NeedsHuman }
  | { readonly state: TaskEnd; readonly cause: string };
