import type { Attempt } from '../domain/attempt.ts';
import type { Blocker } from '../domain/dependency.ts';
import type { Action, ActionRecord, ActionResult, Recording } from '../domain/effect.ts';
import type { Memory } from '../domain/facts.ts';
import type { AttemptId, EffectKey, IssueRef, RepositoryKey, Sha } from '../domain/ids.ts';
import type { Comment, Issue, LabelEvent, LastEdits, Permission } from '../domain/issue.ts';
import type { AttemptOrder, AttemptOutcome } from '../domain/outcome.ts';
import type { Checks, Pull, Review } from '../domain/pull.ts';
import type { Repository } from '../domain/repository.ts';

/*
 * What the coordinator needs of the outside: one narrow interface per consumer, implemented by the adapters and joined
 * in app.ts. Every method rejects with Retryable or Terminal only.
 */

/** Reading GitHub for one repository: current answers, conditional requests inside. */
export interface GitHubReader {
  repository(key: RepositoryKey): Promise<Repository>;
  /** A file of the default branch; null: no such file. */
  file(
    repository: Repository,
    path: string,
  ): Promise<{ readonly text: string; readonly blob: string } | null>;
  /** Open issues with the label, pull requests left out, oldest first. */
  labelledIssues(repository: Repository, label: string): Promise<readonly Issue[]>;
  /** Null: gone, moved away or not readable. */
  issue(repository: Repository, number: number): Promise<Issue | null>;
  /** The issue's last `labeled` event for the label. */
  labelEvent(repository: Repository, number: number, label: string): Promise<LabelEvent | null>;
  /** Native sub-issues in their order; empty where this GitHub has none. */
  subIssues(repository: Repository, number: number): Promise<readonly Issue[]>;
  /** Native blockers, closed ones included; empty where this GitHub has none. */
  blockedBy(repository: Repository, number: number): Promise<readonly Blocker[]>;
  /** The state of an issue anywhere; `unreadable` where the App has no access. */
  blocker(repository: Repository, ref: IssueRef): Promise<Blocker>;
  permission(repository: Repository, login: string): Promise<Permission>;
  /** Comments of all issues updated since (GitHub's clock, milliseconds), oldest first. Their `lastEdit` is null. */
  comments(repository: Repository, since: number): Promise<readonly Comment[]>;
  /** Last edits by node id, from GraphQL. */
  lastEdits(repository: Repository, nodeIds: readonly string[]): Promise<ReadonlyMap<string, LastEdits>>;
  /** Newest pull requests of the repository whose branch starts with the prefix, reviews and checks unread. */
  pulls(repository: Repository, branchPrefix: string): Promise<readonly Pull[]>;
  /** One pull request with `mergeable` as GitHub has it now; reviews and checks unread. */
  pull(repository: Repository, number: number): Promise<Pull>;
  /** Submitted reviews with their inline comments, oldest first; `authorMayWrite` is false: the caller looks it up. */
  reviews(repository: Repository, pull: number): Promise<readonly Review[]>;
  checks(repository: Repository, head: Sha): Promise<Checks>;
}

/** What GitHub itself must do for an action. `retry`: an earlier try may have come through: find before create. */
export type GitHubAction = Exclude<Action, { readonly kind: WorkKind }>;
export type WorkAction = Extract<Action, { readonly kind: WorkKind }>;
type WorkKind = 'push' | 'dispatch' | 'stop-attempt' | 'release-worktree' | 'delete-branch';

export interface GitHubWriter {
  /** Performs the action; a `refused` result is final, a Retryable rejection is tried again later. */
  perform(request: {
    readonly repository: Repository;
    readonly action: GitHubAction;
    /** The result of the last write under this key (a comment, a check run to edit). */
    readonly previous: ActionResult | null;
    readonly retry: boolean;
  }): Promise<ActionResult>;
}

/** The coordinator's own git: the only one that pushes. */
export interface GitRepository {
  /** The default branch's newest commit. Throws Retryable where one of `mustContain` is not in it yet. */
  base(repository: Repository, mustContain: readonly Sha[]): Promise<Sha>;
  /** Checks the bundle of an outcome (base, paths, size) and pushes its tip to the branch, if that is at `expected`. */
  push(request: {
    readonly repository: Repository;
    readonly outcome: AttemptOutcome;
    readonly branch: string;
    readonly expected: Sha | null;
  }): Promise<ActionResult>;
  /** Deletes the branch if it is at `expected`; done where it is gone already. */
  deleteBranch(repository: Repository, branch: string, expected: Sha): Promise<ActionResult>;
  /** The address that workers clone from. */
  cloneUrl(repository: Repository): string;
}

/** Handing attempts to workers. */
export interface Dispatcher {
  /** Takes the lease (a new fence) and queues the order; the fence in `order` is replaced by the new one. */
  dispatch(order: AttemptOrder, repository: Repository): Promise<void>;
  stop(attempt: AttemptId): Promise<void>;
  /** Removes the task's worktree if it is clean and `published` holds all of its commits; else keeps and says so. */
  release(repository: Repository, issue: number, published: Sha): Promise<ActionResult>;
}

/** The store, as one pass uses it. */
export interface RunStore {
  /** `now` decides which leases are live. */
  memory(key: RepositoryKey, now: number): Promise<Memory>;
  /** All recordings and the intents of all actions in one transaction. Answers the actions that are to be performed. */
  commit(
    key: RepositoryKey,
    decision: { readonly recordings: readonly Recording[]; readonly actions: readonly Action[] },
    now: number,
  ): Promise<void>;
  /** Pending actions that are due, oldest first, with the last result under the same key. */
  dueActions(key: RepositoryKey, now: number): Promise<readonly DueAction[]>;
  completeAction(
    key: RepositoryKey,
    done: { readonly key: EffectKey; readonly result: ActionResult; readonly now: number },
  ): Promise<void>;
  postponeAction(
    key: RepositoryKey,
    later: { readonly key: EffectKey; readonly until: number; readonly error: string },
  ): Promise<void>;
  attempt(id: AttemptId): Promise<Attempt | null>;
  /** Pins the base of an attempt; the first pin stays. Answers the base that counts. */
  pinBase(id: AttemptId, base: Sha): Promise<Sha>;
}

export interface DueAction {
  readonly action: Action;
  readonly record: ActionRecord;
  /** The last finished write under this key. */
  readonly previous: ActionResult | null;
}

/** Deliveries and due repositories: what makes the loop run, and run again after a crash. */
export interface Inbox {
  /** Stores a delivery; a delivery that was processed before is dropped (`false`). */
  receive(delivery: Delivery, now: number): Promise<boolean>;
  /** Repositories with unprocessed deliveries. */
  dueKeys(): Promise<readonly RepositoryKey[]>;
  /** Deliveries of the key received so far; hand them to `processed` after the pass that began afterwards. */
  pending(key: RepositoryKey): Promise<readonly string[]>;
  processed(ids: readonly string[], now: number): Promise<void>;
  /** Repositories with open runs: looked at again at every resync. */
  openKeys(): Promise<readonly RepositoryKey[]>;
  /** Repositories with labels or runs at any time: looked at once at the start. */
  usedKeys(): Promise<readonly RepositoryKey[]>;
}

export interface Delivery {
  readonly id: string;
  readonly event: string;
  readonly key: RepositoryKey;
}

/** Synchronous observer of what happens; must not throw. */
export type Trace = (event: TraceEvent) => void;

export type TraceEvent =
  | {
      readonly kind: 'pass';
      readonly key: RepositoryKey;
      readonly phase: 'started' | 'ended' | 'failed';
      readonly error?: unknown;
      readonly reasons?: readonly string[];
    }
  | {
      readonly kind: 'action';
      readonly phase: 'intended' | 'acting' | 'acted' | 'recorded' | 'postponed';
      readonly action: Action;
      readonly error?: unknown;
    }
  | {
      readonly kind: 'committed';
      readonly phase: 'before' | 'after';
      readonly recordings: readonly Recording[];
    };
