import type { AttemptKind } from '../domain/attempt-kind.ts';
import type { IssueRef } from '../domain/ids.ts';
import { refText } from '../domain/ids.ts';
import type { AttemptOutcome, FailureKind } from '../domain/outcome.ts';
import type { BlockedBy } from '../domain/task.ts';
import { cellCode, code, plain, sentence } from './text.ts';

/** Where references without an owner belong. */
export interface Home {
  readonly owner: string;
  readonly name: string;
}

/** `45 s`, `2 min 5 s`, `1 h 3 min`: two units, the second one only where it says something. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1_000));
  if (seconds < 1 && ms > 0) return 'under 1 s';
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return two(minutes, 'min', seconds % 60, 's');
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return two(hours, 'h', minutes % 60, 'min');
  return two(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

export const minutesText = (minutes: number): string => duration(minutes * 60_000);

/** `2030-01-02 03:04:05 UTC`; the time is milliseconds since the epoch. */
export function timeText(at: number): string {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return 'an unknown time';
  const iso = date.toISOString();
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

/** `a, b and c`; with `max`, `a, b and 7 more`. */
export function list(parts: readonly string[], max = Number.POSITIVE_INFINITY): string {
  const shown = parts.length > max ? [...parts.slice(0, max), `${parts.length - max} more`] : parts;
  if (shown.length < 2) return shown.join('');
  return `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** `1 task`, `2 tasks`. */
export const count = (number: number, one: string, many = `${one}s`): string =>
  `${number} ${number === 1 ? one : many}`;

export const issueText = (issue: number): string => `#${issue}`;
export const issueList = (issues: readonly number[], max = 12): string => list(issues.map(issueText), max);

/** `#12 Add a cart`; the title is untrusted, and null where the issue can no longer be read. */
export const rowTitle = (row: { readonly issue: number; readonly title: string | null }): string =>
  `#${row.issue} ${row.title === null ? '(can no longer be read)' : plain(row.title, { max: 80 })}`;

/** `#12` at home; elsewhere as code, so that naming it leaves no trace in another repository. */
export function reference(ref: IssueRef, home: Home): string {
  const text = refText(ref, home);
  return text.startsWith('#') ? text : cellCode(text);
}

/** `██████░░░░ 60 %`: complete only when everything is. */
export function progressBar(done: number, total: number, width = 20): string {
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : 0;
  const cells = share === 1 ? width : Math.min(width - 1, Math.round(share * width));
  const percent = share === 1 ? 100 : Math.min(99, Math.round(share * 100));
  return `${'█'.repeat(cells)}${'░'.repeat(width - cells)} ${percent} %`;
}

/** `#1 → #2 → #1`; long ones are cut in the middle. */
export function cyclePath(path: readonly number[]): string {
  const texts = path.map(issueText);
  const shown = texts.length > 12 ? [...texts.slice(0, 8), '…', ...texts.slice(-2)] : texts;
  return shown.join(' → ');
}

export function blockedByText(by: BlockedBy, home: Home, issueOf = reference): string {
  return `${issueOf(by.ref, home)}${BLOCKED_BECAUSE[by.because]}`;
}

const BLOCKED_BECAUSE: Readonly<Record<BlockedBy['because'], string>> = {
  open: '',
  failed: ' (failed)',
  cancelled: ' (cancelled)',
  withdrawn: ' (taken out)',
  'needs-human': ' (needs a person)',
  unreadable: ' (the App can’t read it)',
};

export const KIND_WORDS: Readonly<Record<AttemptKind, string>> = {
  implement: 'implement',
  review: 'answer review',
  ci: 'fix checks',
  conflict: 'solve conflict',
};

/** `attempt 2 (answer review)`. */
export const attemptText = (attempt: { readonly number: number; readonly kind: AttemptKind }): string =>
  `attempt ${attempt.number} (${KIND_WORDS[attempt.kind]})`;

/** What became of an attempt, as one clause: `the agent changed nothing`. Detail is untrusted and left to the caller. */
export const FAILURE_WORDS: Readonly<Record<FailureKind, string>> = {
  exit: 'the agent ended with an error',
  'empty-diff': 'the agent changed nothing',
  verify: 'the verify commands failed',
  timeout: 'the agent ran out of time',
  'idle-timeout': 'the agent was silent for too long',
  'conflict-markers': 'conflict markers were left in the files',
  setup: 'the attempt could not be carried out',
  'too-large': 'the change is too large to take over',
  unreachable: 'the worker could not reach GitHub',
};

export const CLASS_WORDS: Readonly<Record<AttemptOutcome['class'], string>> = {
  succeeded: 'succeeded',
  failed: 'the attempt failed',
  cancelled: 'the attempt was cancelled',
  'timed-out': 'the agent ran out of time',
  lost: 'the worker was lost',
};

/** A cause that may be one of our own short names, or any text. */
export function causeWord(cause: string): string {
  const known = Object.entries({ ...FAILURE_WORDS, ...OTHER_CAUSES }).find(([name]) => name === cause);
  return known ? known[1] : sentence(cause, { max: 250 }).replace(/\.$/, '');
}

const OTHER_CAUSES: Readonly<Record<string, string>> = {
  'branch-moved': 'somebody else pushed to the branch',
  'push-refused': 'the work could not be pushed',
  cancelled: 'the last attempt was cancelled',
  retry: 'the last attempt failed',
};

const two = (big: number, bigUnit: string, small: number, smallUnit: string): string =>
  small === 0 ? `${big} ${bigUnit}` : `${big} ${bigUnit} ${small} ${smallUnit}`;

/** The first ten digits: GitHub links them to the commit. */
export const shortSha = (text: string): string =>
  /^[0-9a-f]{7,64}$/.test(text) ? text.slice(0, 10) : code(text);

/** A number of two digits that count: `0.083`, `2.7`, `120`, `3,900`. */
export const roughText = (number: number): string =>
  number < 100 ? number.toPrecision(2) : Number(number.toPrecision(2)).toLocaleString('en-US');
