import type { AttemptOrder } from '../domain/outcome.ts';
import type { Session } from './agent/session.ts';
import type { OutcomeDraft } from './draft.ts';
import { checkCancelled } from './failure.ts';
import type { Credential, Mirrors } from './git/mirror.ts';
import type { RunnerLimits } from './limits.ts';
import type { Places, TaskPlace } from './paths.ts';
import type { RunnerStep, RunnerTrace } from './trace.ts';
import type { Turns } from './turns.ts';

/** What every attempt of a runner shares. */
export interface Workshop {
  readonly places: Places;
  readonly limits: RunnerLimits;
  readonly envAllow: readonly string[];
  readonly mirrors: Mirrors;
  readonly turns: Turns;
  /** Homes of tasks (or the directory of all) for which nothing runs that an earlier server has left. */
  readonly settled: Set<string>;
  /** A token that can read the order's repository; null: it needs none. */
  readonly credentials: (order: AttemptOrder) => Promise<Credential | null>;
  readonly trace: RunnerTrace;
}

export interface AttemptContext {
  readonly signal: AbortSignal;
  /** A line for people who watch. */
  readonly progress: (line: string) => void;
}

/** One attempt at work. */
export interface Job extends Workshop, AttemptContext {
  readonly order: AttemptOrder;
  readonly place: TaskPlace;
  readonly draft: OutcomeDraft;
}

/** The same once its worktree can run commands. */
export interface RunningJob extends Job {
  readonly session: Session;
  readonly promptFile: string;
  readonly hide: (text: string) => string;
}

/** Does one step and tells about it; an attempt that was stopped begins no further step. */
export async function step<Result>(job: Job, name: RunnerStep, work: () => Promise<Result>): Promise<Result> {
  checkCancelled(job.signal);
  const began = Date.now();
  const tell = (phase: 'started' | 'ended' | 'failed') =>
    job.trace({ attempt: job.order.attempt, step: name, phase, ms: Date.now() - began });
  tell('started');
  try {
    const result = await work();
    tell('ended');
    return result;
  } catch (error) {
    tell('failed');
    throw error;
  }
}
