import type { Attempt } from './attempt.ts';
import type { Override } from './dependency.ts';
import { hashText } from './hash.ts';
import type { AttemptId, EffectKey, RunId, Sha } from './ids.ts';
import type { TaskScores } from './overlap.ts';
import type { RunPlan } from './plan.ts';
import type { Run } from './run.ts';
import type { Task } from './task.ts';

/**
 * What a decision asks for. Recordings change the store, all of one decision in one transaction, which also holds the
 * intents of its actions; actions then change the world outside, one by one, each with its idempotency key.
 */
export type Effect = Recording | Action;

export type Recording =
  | { readonly kind: 'open-run'; readonly run: Run }
  | { readonly kind: 'update-run'; readonly runId: RunId; readonly patch: RunPatch }
  | { readonly kind: 'admit'; readonly admission: Admission }
  | { readonly kind: 'add-task'; readonly task: Task }
  | { readonly kind: 'update-task'; readonly runId: RunId; readonly issue: number; readonly patch: TaskPatch }
  | { readonly kind: 'add-attempt'; readonly attempt: Attempt }
  | { readonly kind: 'cancel-attempt'; readonly attempt: AttemptId }
  | { readonly kind: 'handle-command'; readonly command: HandledCommand }
  | { readonly kind: 'add-override'; readonly override: Override }
  | { readonly kind: 'score-task'; readonly scored: TaskScores }
  | { readonly kind: 'update-repository'; readonly patch: RepositoryPatch };

export type RunPatch = Partial<Pick<Run, 'pausedAt' | 'endedAt'>> & { readonly plan?: RunPlan };
export type TaskPatch = Partial<
  Pick<
    Task,
    | 'textHash'
    | 'approvedAt'
    | 'priority'
    | 'pausedAt'
    | 'forgivenAttempts'
    | 'approvedAttempts'
    | 'releasedAttempts'
    | 'needsHuman'
    | 'ended'
    | 'requestedBy'
    | 'joinedAt'
  >
>;

/** What was decided about the last setting of the `parallel` label on an issue, and what is remembered beyond it. */
export interface Admission {
  readonly issue: number;
  /** 0: never labelled itself, but taken in with its epic. */
  readonly labelEventId: number;
  readonly actor: string;
  readonly allowed: boolean;
  /** When this App first saw it (our clock): the quiet time counts from here. */
  readonly seenAt: number;
  /** Whether a run has taken it in: it does not join another run until somebody labels or retries it again. */
  readonly joined: boolean;
  /** How often a run has taken it in: a branch of an earlier run may still be there, and is left alone. */
  readonly timesJoined: number;
}

/** A command line that was carried out or refused: once per comment and line. */
export interface HandledCommand {
  readonly commentId: number;
  readonly line: number;
  readonly verb: string;
  readonly author: string;
  readonly result: 'done' | 'refused';
  readonly at: number;
}

export interface RepositoryPatch {
  /** Comments are read from here on; milliseconds since the epoch (GitHub's clock). */
  readonly commentsSince?: number;
  /** Labels first seen up to now need no quiet time any more (somebody said `run`). */
  readonly quietSkippedAt?: number;
}

/**
 * Actions on GitHub and on workers.
 * `once`: with a key that was seen before, nothing happens. `level`: the key names a place, the payload what should
 * stand there; the same payload is not written twice, another one replaces it.
 */
export type Action = Readonly<{ key: EffectKey; runId: RunId | null; mode: 'once' | 'level' }> & ActionBody;

export type ActionBody =
  | {
      readonly kind: 'create-issue';
      readonly title: string;
      readonly body: string;
      readonly labels: readonly string[];
    }
  | { readonly kind: 'edit-issue'; readonly issue: number; readonly title?: string; readonly body: string }
  | { readonly kind: 'close-issue'; readonly issue: number; readonly reason: 'completed' | 'not_planned' }
  | { readonly kind: 'comment'; readonly issue: number; readonly body: string }
  | { readonly kind: 'react'; readonly comment: number; readonly content: 'eyes' | 'rocket' | 'confused' }
  | {
      readonly kind: 'set-labels';
      readonly issue: number;
      readonly add: readonly string[];
      readonly remove: readonly string[];
    }
  | { readonly kind: 'add-sub-issue'; readonly parent: number; readonly childId: number }
  | {
      readonly kind: 'push';
      readonly attempt: AttemptId;
      readonly branch: string;
      readonly expected: Sha | null;
    }
  | {
      readonly kind: 'open-pull';
      readonly branch: string;
      readonly base: string;
      readonly title: string;
      readonly body: string;
    }
  | { readonly kind: 'ready-pull'; readonly pull: number; readonly nodeId: string }
  | { readonly kind: 'check'; readonly check: CheckRun }
  | { readonly kind: 'request-review'; readonly pull: number; readonly reviewers: readonly string[] }
  | { readonly kind: 'reply-review'; readonly pull: number; readonly comment: number; readonly body: string }
  | {
      readonly kind: 'merge';
      readonly pull: number;
      readonly sha: Sha;
      readonly method: 'merge' | 'squash' | 'rebase';
    }
  | { readonly kind: 'delete-branch'; readonly branch: string; readonly expected: Sha }
  | { readonly kind: 'dispatch'; readonly attempt: AttemptId; readonly mustContain: readonly Sha[] }
  | { readonly kind: 'stop-attempt'; readonly attempt: AttemptId }
  /** Searches for a shorter plan than that of the revision, aside from the passes. */
  | { readonly kind: 'improve-plan'; readonly revision: number }
  | { readonly kind: 'release-worktree'; readonly issue: number; readonly published: Sha };

/** Identifies what an action would write: a level action with the same hash is not written twice. */
export const payloadHash = (action: Action): string => hashText(JSON.stringify(action));

export interface CheckRun {
  readonly name: 'parallel/verify' | 'parallel/dependencies';
  readonly headSha: Sha;
  readonly status: 'in_progress' | 'completed';
  readonly conclusion: 'success' | 'failure' | 'neutral' | null;
  readonly title: string;
  /** At most 65,535 characters each. */
  readonly summary: string;
  readonly text: string;
}

/** What became of an action. */
export type ActionResult =
  | { readonly kind: 'done' }
  | { readonly kind: 'issue'; readonly number: number; readonly id: number }
  | { readonly kind: 'comment'; readonly id: number }
  | { readonly kind: 'pull'; readonly number: number; readonly nodeId: string }
  | { readonly kind: 'check'; readonly id: number }
  /** `changed`: every path in the pushed commits, as the coordinator's own git found them. */
  | { readonly kind: 'pushed'; readonly sha: Sha; readonly changed: readonly string[] }
  | { readonly kind: 'merged'; readonly sha: Sha }
  /** A better order of the tasks that had not begun or still worked: issue numbers, first to start first. */
  | { readonly kind: 'planned'; readonly order: readonly number[] }
  /** It can't be done, now or later; `stale`: the world has moved on, so decide anew. */
  | { readonly kind: 'refused'; readonly message: string; readonly stale: boolean };

/** An action's row in the outbox. */
export interface ActionRecord {
  readonly key: EffectKey;
  readonly kind: ActionBody['kind'];
  readonly state: 'pending' | 'done';
  /** Hash of the payload that was written or is to be written. */
  readonly payloadHash: string;
  readonly result: ActionResult | null;
  /** Our clock; null while pending. */
  readonly doneAt: number | null;
  readonly tries: number;
}

/** What one pass decides. */
export interface Decision {
  readonly effects: readonly Effect[];
  /** Look again at this time (our clock) even if nothing happens. */
  readonly wakeAt: number | null;
  /** Read GitHub anew at this time (our clock) before going on, such as before a merge; null: what is known will do. */
  readonly refreshAt: number | null;
  /** Why nothing more is done, as names for logs: people read it in the tracking issue. */
  readonly reasons: readonly string[];
}
