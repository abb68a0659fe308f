import type { TaskStatus } from '../domain/task.ts';
import { mention, sentence } from './text.ts';
import { pullWaitText, reasonText } from './waits.ts';
import type { Home } from './words.ts';
import { causeWord } from './words.ts';

/** The labels that show a task's state; a projection, never its source. */
export const STATE_LABELS = [
  'parallel:planned',
  'parallel:queued',
  'parallel:running',
  'parallel:blocked',
  'parallel:review',
  'parallel:needs-human',
  'parallel:done',
  'parallel:failed',
] as const;
export type StateLabel = (typeof STATE_LABELS)[number];

/** The one label of a state, or null for a task that left the run without an end to show. */
export function labelOf(status: TaskStatus): StateLabel | null {
  switch (status.state) {
    case 'waiting':
      return WAITING_LABEL[status.reason.kind];
    case 'ready':
      return 'parallel:queued';
    case 'running':
      // A dispatched attempt starts within moments: one label for all of its phases saves two writes a task.
      return 'parallel:running';
    case 'review':
    case 'landing':
      return 'parallel:review';
    case 'needs-human':
      return 'parallel:needs-human';
    case 'landed':
    case 'skipped':
      return 'parallel:done';
    case 'failed':
      return 'parallel:failed';
    case 'cancelled':
    case 'withdrawn':
      return null;
    default:
      return status satisfies never;
  }
}

const WAITING_LABEL: Readonly<Record<ReasonKind, StateLabel>> = {
  blocked: 'parallel:blocked',
  cycle: 'parallel:blocked',
  config: 'parallel:blocked',
  edited: 'parallel:needs-human',
  key: 'parallel:queued',
  slot: 'parallel:queued',
  worker: 'parallel:blocked',
  backoff: 'parallel:queued',
  paused: 'parallel:planned',
  'read-only': 'parallel:planned',
  approval: 'parallel:planned',
};

/** What a state looks like: a mark, a word, and the class of its node in the graph. */
export interface StateLook {
  readonly emoji: string;
  readonly word: string;
  readonly look: LookName;
}

export type LookName = 'waiting' | 'running' | 'review' | 'person' | 'done' | 'failed' | 'gone';

export function lookOf(status: TaskStatus): StateLook {
  switch (status.state) {
    case 'waiting':
      return WAITING_LOOK[status.reason.kind];
    case 'ready':
      return { emoji: '⏳', word: 'ready', look: 'waiting' };
    case 'running':
      return { emoji: '🔵', word: PHASE_WORDS[status.phase], look: 'running' };
    case 'review':
      return { emoji: '👀', word: 'review', look: 'review' };
    case 'landing':
      return { emoji: '🛬', word: 'landing', look: 'review' };
    case 'needs-human':
      return { emoji: '🙋', word: 'needs a person', look: 'person' };
    default:
      return END_LOOK[status.state];
  }
}

type ReasonKind = Extract<TaskStatus, { state: 'waiting' }>['reason']['kind'];

const WAITS: StateLook = { emoji: '⏳', word: 'waiting', look: 'waiting' };
const PERSON: StateLook = { emoji: '🙋', word: 'needs a person', look: 'person' };

const WAITING_LOOK: Readonly<Record<ReasonKind, StateLook>> = {
  blocked: { emoji: '⛔', word: 'blocked', look: 'waiting' },
  cycle: { emoji: '🔁', word: 'in a circle', look: 'failed' },
  key: WAITS,
  slot: WAITS,
  worker: { emoji: '⛔', word: 'no worker', look: 'waiting' },
  backoff: { emoji: '⏳', word: 'tries again', look: 'waiting' },
  paused: { emoji: '⏸️', word: 'paused', look: 'waiting' },
  'read-only': { emoji: '🔒', word: 'read-only', look: 'waiting' },
  approval: { emoji: '✋', word: 'needs approval', look: 'person' },
  edited: PERSON,
  config: { emoji: '⚙️', word: 'config', look: 'failed' },
};

const PHASE_WORDS = { queued: 'queued', working: 'running', publishing: 'publishing' } as const;

const END_LOOK = {
  landed: { emoji: '✅', word: 'landed', look: 'done' },
  skipped: { emoji: '⏭️', word: 'skipped', look: 'gone' },
  failed: { emoji: '❌', word: 'failed', look: 'failed' },
  cancelled: { emoji: '🚫', word: 'cancelled', look: 'gone' },
  withdrawn: { emoji: '↩️', word: 'taken out', look: 'gone' },
} as const satisfies Readonly<Record<string, StateLook>>;

/** What a task waits for and why, in one cell; empty where it waits for nothing. Names only people who are involved. */
export function waitText(
  status: TaskStatus,
  context: { readonly home: Home; readonly requestedBy: string },
): string {
  switch (status.state) {
    case 'waiting':
      return `waits ${reasonText(status.reason, { home: context.home, asked: context.requestedBy })}`;
    case 'ready':
      return 'starts next';
    case 'running':
      return '';
    case 'review':
    case 'landing':
      return status.wait === null
        ? ''
        : `waits ${pullWaitText(status.wait, { home: context.home, asked: context.requestedBy })}`;
    case 'needs-human':
      return `waits for ${mention(status.need.who)}: ${sentence(status.need.cause)} Next: ${sentence(status.need.nextStep, { references: true })}`;
    default:
      return status.state === 'landed' ? '' : causeWord(status.cause);
  }
}

export const isEnded = (status: TaskStatus): boolean => status.state in END_LOOK;

/** What a person can do about a task that has ended, as a sentence; empty where there is nothing to do. */
export function nextStep({ issue, status }: { readonly issue: number; readonly status: TaskStatus }): string {
  const step = NEXT_STEPS.get(status.state) ?? '';
  return step.replace('#N', `#${issue}`);
}

const NEXT_STEPS: ReadonlyMap<TaskStatus['state'], string> = new Map([
  ['failed', 'Next: make the issue clearer or remove the cause, then comment `/parallel retry` on #N.'],
  ['cancelled', 'Next: comment `/parallel retry` on #N to try again; its branch was kept.'],
  ['skipped', 'Next: comment `/parallel retry` on #N if it is wanted after all.'],
  [
    'withdrawn',
    'Next: to bring it back, put the label `parallel` on #N, and reopen it if it is closed; its branch was kept.',
  ],
]);
