import type { AttemptKind } from './attempt-kind.ts';
import type { AttemptId, Sha } from './ids.ts';

/** Why an attempt did not succeed. */
export type FailureKind =
  | 'exit'
  | 'empty-diff'
  | 'verify'
  | 'timeout'
  | 'idle-timeout'
  | 'conflict-markers'
  | 'setup'
  | 'too-large'
  /** GitHub was away: no fault of the task. */
  | 'unreachable';

/** What a worker sends back. JSON, `version: 1`; times are milliseconds since the epoch (the worker's clock). */
export interface AttemptOutcome {
  readonly version: 1;
  readonly attempt: AttemptId;
  readonly fence: number;
  readonly class: 'succeeded' | 'failed' | 'cancelled' | 'timed-out' | 'lost';
  readonly failure: { readonly kind: FailureKind; readonly detail: string } | null;
  /** The commit that the work stands on, and the work; null where there is none. */
  readonly base: Sha | null;
  readonly tip: Sha | null;
  /** Where the git bundle of `base..tip` lies; relative to the worker's outcome. */
  readonly bundle: string | null;
  readonly changedPaths: readonly string[];
  readonly verify: readonly VerifyResult[];
  /** The agent's own words; untrusted. */
  readonly summary: string | null;
  readonly usage: Usage;
  readonly startedAt: number;
  readonly endedAt: number;
  /** Milliseconds inside the agent alone, and inside the verify commands. */
  readonly agentMs: number;
  readonly verifyMs: number;
}

export interface VerifyResult {
  readonly command: string;
  /** Null: ended by a signal or by the time-out. */
  readonly exitCode: number | null;
  /** The end of what it printed. */
  readonly tail: string;
  readonly ms: number;
}

export interface Usage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly usd: number;
}

export const NO_USAGE: Usage = { inputTokens: 0, outputTokens: 0, usd: 0 };

/** What a worker needs to execute one attempt; JSON, `version: 1`. It never carries a credential. */
export interface AttemptOrder {
  readonly version: 1;
  readonly attempt: AttemptId;
  readonly fence: number;
  readonly issue: number;
  readonly number: number;
  readonly kind: AttemptKind;
  readonly repository: OrderRepository;
  readonly branch: string;
  /** The commit to start from; for a conflict, the one to rebase to. */
  readonly base: Sha;
  /** What GitHub has of the branch; null: nothing yet. */
  readonly tip: Sha | null;
  readonly prompt: string;
  /** The first line of the commit. */
  readonly title: string;
  readonly agent: { readonly provider: 'exec'; readonly command: readonly string[] };
  readonly verify: readonly string[];
  readonly hooks: OrderHooks;
  readonly timeouts: { readonly totalMs: number; readonly idleMs: number };
  /** Start from what the last attempt left (its checks failed), not from the last commit that GitHub has. */
  readonly continueWork: boolean;
}

export interface OrderRepository {
  readonly id: number;
  readonly owner: string;
  readonly name: string;
  readonly cloneUrl: string;
  readonly defaultBranch: string;
}

export interface OrderHooks {
  readonly afterCreate: readonly string[];
  readonly beforeRun: readonly string[];
  readonly afterRun: readonly string[];
  readonly beforeRemove: readonly string[];
}

/** An outcome with nothing in it but how it ended. */
export const bareOutcome = (
  order: Pick<AttemptOrder, 'attempt' | 'fence'>,
  end: Pick<AttemptOutcome, 'class' | 'failure' | 'startedAt' | 'endedAt'>,
): AttemptOutcome => ({
  version: 1,
  attempt: order.attempt,
  fence: order.fence,
  ...end,
  base: null,
  tip: null,
  bundle: null,
  changedPaths: [],
  verify: [],
  summary: null,
  usage: NO_USAGE,
  agentMs: 0,
  verifyMs: 0,
});
