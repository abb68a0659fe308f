import type { Attempt } from '../attempt.ts';
import type { Delivery } from '../delivery.ts';
import type { Action, ActionRecord, ActionResult, Recording } from '../effect.ts';
import type { Memory } from '../facts.ts';
import type { AttemptId, EffectKey, RepositoryKey, Sha } from '../ids.ts';
import type { AttemptOutcome } from '../outcome.ts';

/*
 * The store, as each of those who use it sees it. Times are milliseconds since the epoch (our clock). Every method
 * rejects with Retryable (busy, full, closing) or Terminal only, and a write is on the disk when it resolves.
 */

/** Deliveries and due repositories: what makes the loop run, and run again after a crash. */
export interface Inbox {
  /** Stores a delivery; `false`: it was processed before and is dropped. */
  receive(delivery: Delivery, now: number): Promise<boolean>;
  /** The App has these repositories now: those that moved here from another installation go on under this one. */
  follow(keys: readonly RepositoryKey[]): Promise<void>;
  /** Repositories with unprocessed deliveries, the one that waits longest first. */
  dueKeys(): Promise<readonly RepositoryKey[]>;
  /** Unprocessed deliveries of the key, oldest first; hand them to `processed` after the pass that began afterwards. */
  pending(key: RepositoryKey): Promise<readonly string[]>;
  /** Notes deliveries as taken into account; they are remembered for seven days. */
  processed(ids: readonly string[], now: number): Promise<void>;
  /** Repositories with an open run or a pending action: looked at again at every resync. */
  openKeys(): Promise<readonly RepositoryKey[]>;
  /** Repositories in which somebody ever set the label, or a run ever began: looked at at the start, and now and then. */
  usedKeys(): Promise<readonly RepositoryKey[]>;
}

/** What one pass of the loop reads and writes. */
export interface RunStore {
  /** Of one moment; `now` decides which leases are live. */
  memory(key: RepositoryKey, now: number): Promise<Memory>;
  /** Recordings and intents in one transaction; repeated after a crash, it changes nothing. */
  commit(key: RepositoryKey, decision: StoredDecision, now: number): Promise<void>;
  /** Pending actions whose time has come, in the order of decision; those of ended runs too. */
  dueActions(key: RepositoryKey, now: number): Promise<readonly DueAction[]>;
  completeAction(key: RepositoryKey, done: DoneAction): Promise<void>;
  /** Counts a try that did not come through; the action is due again at `until`. */
  postponeAction(key: RepositoryKey, later: LaterAction): Promise<void>;
  attempt(id: AttemptId): Promise<Attempt | null>;
  /** Pins the base of an attempt; the first pin stays. Answers the base that counts. */
  pinBase(id: AttemptId, base: Sha): Promise<Sha>;
}

export interface StoredDecision {
  readonly recordings: readonly Recording[];
  readonly actions: readonly Action[];
}

/** An action that is to be performed now. */
export interface DueAction {
  readonly action: Action;
  readonly record: ActionRecord;
  /** The last write under this key that was not refused. */
  readonly previous: ActionResult | null;
}

export interface DoneAction {
  readonly key: EffectKey;
  readonly result: ActionResult;
  readonly now: number;
}

export interface LaterAction {
  readonly key: EffectKey;
  readonly until: number;
  readonly error: string;
}

/** What dispatch needs. The holder is this process; its leases are dead as soon as it is. */
export interface LeaseStore {
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
}
