import type { Relation } from './dependency.ts';
import type { WrittenRef } from './ids.ts';
import type { Priority } from './task.ts';

/** A command with its arguments. `issue` null: the task (or run) on whose issue the comment stands. */
export type Command =
  | { readonly verb: 'help' | 'plan' | 'run' | 'status' }
  | {
      readonly verb: 'explain' | 'pause' | 'resume' | 'cancel' | 'skip' | 'approve';
      readonly issue: number | null;
    }
  | { readonly verb: 'retry'; readonly mode: RetryMode; readonly issue: number | null }
  | { readonly verb: 'priority'; readonly priority: Priority; readonly issue: number | null }
  | { readonly verb: Relation; readonly on: readonly WrittenRef[]; readonly issue: number | null };

/** `auto`: whatever the task needs. `fresh`: from the base. `review`, `ci`: answer that once more. */
export type RetryMode = 'auto' | 'fresh' | 'review' | 'ci';

export type Verb = Command['verb'];

/** One line `/parallel …` of a comment. */
export type ParsedCommand = {
  /** 1-based line in the comment. */
  readonly line: number;
  /** The line as written. */
  readonly text: string;
} & (
  | { readonly kind: 'known'; readonly command: Command }
  /** `later`: a verb that the product has, but not this version. */
  | {
      readonly kind: 'unknown';
      readonly verb: string;
      readonly didYouMean: Verb | null;
      readonly later: boolean;
    }
  | { readonly kind: 'malformed'; readonly verb: Verb; readonly usage: string }
);

/** How each command is written. */
export const USAGE: Readonly<Record<Verb, string>> = {
  help: '/parallel help',
  plan: '/parallel plan',
  run: '/parallel run',
  status: '/parallel status',
  explain: '/parallel explain [#12]',
  pause: '/parallel pause [#12]',
  resume: '/parallel resume [#12]',
  cancel: '/parallel cancel [#12]',
  retry: '/parallel retry [#12]',
  skip: '/parallel skip [#12]',
  approve: '/parallel approve [#12]',
  priority: '/parallel priority low|medium|high|critical [#12]',
  'depends-on': '/parallel depends-on #12 [for #34]',
  'independent-of': '/parallel independent-of #12 [for #34]',
};
