import type { Attempt } from '../domain/attempt.ts';
import type { ActionResult } from '../domain/effect.ts';
import type { Memory } from '../domain/facts.ts';
import type { AttemptId, EffectKey, RepositoryKey, RunId, Sha } from '../domain/ids.ts';
import type { AttemptOutcome } from '../domain/outcome.ts';
import type { Run } from '../domain/run.ts';
import type { Task } from '../domain/task.ts';
import type { StoredDecision } from './operations/commit-decision.ts';
import type { Delivery } from './operations/receive-delivery.ts';
import type { DueAction } from './rows/action.ts';

/**
 * The embedded database: what cannot be read again from GitHub or git. Times are milliseconds since the epoch. Every
 * method rejects with Retryable (busy, full, closing) or Terminal only, and a write is on the disk when it resolves.
 */
export interface Store extends Inbox, Passes, Leases, History {
  /** Waits for what is under way, then closes the database and gives the data folder free. */
  close(): Promise<void>;
}

/** Deliveries, and which repositories are due because of them. */
export interface Inbox {
  /** Stores a delivery; `false`: it was processed before and is dropped. */
  receive(delivery: Delivery, now: number): Promise<boolean>;
  /** Repositories with unprocessed deliveries, the one that waits longest first. */
  dueKeys(): Promise<readonly RepositoryKey[]>;
  /** Unprocessed deliveries of the repository, oldest first. */
  pending(key: RepositoryKey): Promise<readonly string[]>;
  /** Notes deliveries as taken into account; they are remembered for seven days. */
  processed(ids: readonly string[], now: number): Promise<void>;
  /** Repositories with an open run or a pending action. */
  openKeys(): Promise<readonly RepositoryKey[]>;
  /** Repositories in which somebody ever set the label, or a run ever began. */
  usedKeys(): Promise<readonly RepositoryKey[]>;
}

/** What one pass of the loop reads and writes. */
export interface Passes {
  /** Of one moment; `now` decides which leases are live. */
  memory(key: RepositoryKey, now: number): Promise<Memory>;
  /** Recordings and intents in one transaction; repeated after a crash, it changes nothing. */
  commit(key: RepositoryKey, decision: StoredDecision, now: number): Promise<void>;
  /** Pending actions whose time has come, in the order of decision; those of ended runs too. */
  dueActions(key: RepositoryKey, now: number): Promise<readonly DueAction[]>;
  completeAction(
    key: RepositoryKey,
    done: { readonly key: EffectKey; readonly result: ActionResult; readonly now: number },
  ): Promise<void>;
  /** Counts a try that did not come through; the action is due again at `until`. */
  postponeAction(
    key: RepositoryKey,
    later: { readonly key: EffectKey; readonly until: number; readonly error: string },
  ): Promise<void>;
  attempt(id: AttemptId): Promise<Attempt | null>;
  /** The first pin stays; answers the base that counts. */
  pinBase(id: AttemptId, base: Sha): Promise<Sha>;
}

/** What dispatch needs. The holder is this process; its leases are dead as soon as it is. */
export interface Leases {
  /**
   * Takes the attempt under a new fence, from whoever had it; clears the time of its start. Throws Terminal (stale)
   * where it is unknown or has its outcome.
   */
  takeLease(attempt: AttemptId, now: number, ttlMs: number): Promise<{ readonly fence: number }>;
  /** Extends the leases that this process holds: all, or only those that it really works on. */
  extendLeases(now: number, ttlMs: number, only?: readonly AttemptId[]): Promise<void>;
  /** Gives the attempt back without an outcome, to be dispatched again. `false`: it was no longer held. */
  releaseLease(attempt: AttemptId, fence: number): Promise<boolean>;
  /** Notes the start of the work. `false`: the fence is no longer the right one, so it must stop. */
  markStarted(attempt: AttemptId, fence: number, now: number): Promise<boolean>;
  /** Stores the outcome, once. `false`: refused, the attempt is somebody else's or done. */
  finish(attempt: AttemptId, fence: number, outcome: AttemptOutcome): Promise<boolean>;
  /** Attempts that this process works on although their end was asked for. */
  attemptsToStop(): Promise<readonly Attempt[]>;
  /** Attempts of all repositories under a live lease. */
  runningAttempts(): Promise<readonly Attempt[]>;
}

/** What reports read: ended runs included. */
export interface History {
  runsOf(key: RepositoryKey): Promise<readonly Run[]>;
  tasksOf(run: RunId): Promise<readonly Task[]>;
  attemptsOf(run: RunId): Promise<readonly Attempt[]>;
}
