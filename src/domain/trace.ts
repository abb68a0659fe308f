import type { Action, Recording } from './effect.ts';
import type { RepositoryKey } from './ids.ts';

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
      readonly kind: 'sweep';
      readonly phase: 'found';
      readonly key: RepositoryKey;
      readonly why: string;
    }
  | {
      readonly kind: 'sweep';
      readonly phase: 'failed';
      /** What could not be read. */
      readonly what: string;
      readonly error: unknown;
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
