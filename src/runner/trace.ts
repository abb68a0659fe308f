import type { AttemptId } from '../domain/ids.ts';

/** The steps of an attempt, in their order. */
export type RunnerStep =
  | 'leftovers'
  | 'fetch'
  | 'worktree'
  | 'hook'
  | 'agent'
  | 'stage'
  | 'commit'
  | 'verify'
  | 'bundle';

export interface RunnerEvent {
  readonly attempt: AttemptId;
  readonly step: RunnerStep;
  readonly phase: 'started' | 'ended' | 'failed';
  /** Milliseconds since the step started. */
  readonly ms: number;
}

/** Synchronous observer; must not throw. */
export type RunnerTrace = (event: RunnerEvent) => void;
