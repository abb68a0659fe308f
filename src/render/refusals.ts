import type { Verb } from '../domain/command.ts';
import type { Permission } from '../domain/issue.ts';
import type { TaskEnd } from '../domain/task.ts';
import { COMMAND_HELP } from './help.ts';
import { code, sentence } from './text.ts';
import { issueList, issueText } from './words.ts';

/** Why a command was not carried out. `word` is a part of what was written, and untrusted. */
export type Refusal =
  | { readonly kind: 'no-permission'; readonly permission: Permission }
  | { readonly kind: 'edited' }
  | { readonly kind: 'unknown-verb'; readonly word: string; readonly suggestion: string | null }
  | { readonly kind: 'malformed'; readonly verb: Verb; readonly usage: string }
  | { readonly kind: 'unsupported'; readonly words: readonly string[] }
  | { readonly kind: 'not-a-task'; readonly issue: number; readonly standing: Standing }
  /** A command about a task stands on a tracking issue and names no other. */
  | { readonly kind: 'names-no-task'; readonly verb: Verb }
  | { readonly kind: 'no-run' }
  | { readonly kind: 'none-labelled' }
  | { readonly kind: 'config-invalid' }
  | { readonly kind: 'paused-already' }
  | { readonly kind: 'not-paused' }
  | { readonly kind: 'not-failed'; readonly issue: number }
  /** A word about an issue and itself. */
  | { readonly kind: 'itself'; readonly issue: number }
  | { readonly kind: 'ended-already'; readonly issue: number; readonly as: TaskEnd }
  /** The text was changed after the approval was written: nobody can have read it. */
  | { readonly kind: 'text-changed'; readonly issue: number }
  /** The task needs more than an approval; the words are stored: see `needText`. */
  | { readonly kind: 'needs-more'; readonly cause: string; readonly nextStep: string }
  /** `alone`: what waits for an approval of its own, on its own issue. */
  | { readonly kind: 'nothing-to-approve'; readonly alone: readonly number[] };

/** Where an issue stands that is no task of an open run. `over`: it was one of a run that has ended. */
export type Standing = 'unlabelled' | 'not-admitted' | 'config-invalid' | 'over' | 'not-planned-yet';

/** The reason and what to do instead. */
export function refusalText(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'no-permission':
      return `it takes write permission, and you have ${refusal.permission === 'none' ? 'none' : `“${refusal.permission}”`}. Ask somebody with write permission to comment it.`;
    case 'edited':
      return 'the comment was edited, and only comments as first written count. Write it again in a new comment.';
    case 'unknown-verb':
      return `there is no command ${code(refusal.word, 60)}.${meant(refusal.suggestion)} \`/parallel help\` lists them all.`;
    case 'malformed':
      return `it could not be understood. Write it like this: ${code(refusal.usage)}. For example: ${code(example(refusal.verb))}.`;
    case 'unsupported':
      return `${code(refusal.words.join(' '), 60)} is known, but this version can’t do it yet. \`/parallel help\` lists what it can.`;
    case 'not-a-task':
      return `${issueText(refusal.issue)} is no task of an open run. ${STANDING[refusal.standing]}`;
    case 'names-no-task':
      return `this is the tracking issue of a run. Name the task, such as ${code(exampleElsewhere(refusal.verb))}, or comment on the task’s own issue.`;
    case 'itself':
      return `that is ${issueText(refusal.issue)} itself. Name another issue, or add \`for #N\` to say which issue is meant.`;
    case 'ended-already':
      return `${issueText(refusal.issue)} ${ENDED_WORDS[refusal.as]} already. ${AFTER[refusal.as]}`;
    case 'not-failed':
      return `${issueText(refusal.issue)} has not failed. \`/parallel explain ${issueText(refusal.issue)}\` says what it waits for.`;
    case 'text-changed':
      return `the text of ${issueText(refusal.issue)} was edited after this comment. Read it again, then approve it in a new comment.`;
    case 'needs-more':
      return `it takes more than an approval. ${[refusal.cause, refusal.nextStep].map((text) => sentence(text, { references: true })).join(' ')}`;
    case 'nothing-to-approve':
      return refusal.alone.length === 0
        ? 'nothing here waits for an approval. `/parallel status` says what each task waits for.'
        : `nothing here waits for an approval of the plan. A new text or a result is approved where it can be read: on ${issueList(refusal.alone)}.`;
    default:
      return PLAIN[refusal.kind];
  }
}

type Wordless = 'no-run' | 'none-labelled' | 'config-invalid' | 'paused-already' | 'not-paused';

const PLAIN: Readonly<Record<Wordless, string>> = {
  'no-run': 'no run is open here. Put the label `parallel` on an issue to open one.',
  'none-labelled': 'no open issue has the label `parallel`. Label one, then say `/parallel run`.',
  'config-invalid':
    '`.github/parallel.yml` is invalid, so nothing new starts. Fix the file on the default branch: the push is noticed, and the work goes on by itself.',
  'paused-already': 'it is paused already. `/parallel resume` goes on.',
  'not-paused': 'it is not paused. `/parallel explain` says what it waits for.',
};

const STANDING: Readonly<Record<Standing, string>> = {
  unlabelled: 'Put the label `parallel` on the issue first, or comment on one that has it.',
  'not-admitted':
    'Its label was set by somebody who may not write: remove the label `parallel`, then set it again yourself.',
  'config-invalid':
    'It waits for `.github/parallel.yml` to be fixed on the default branch; then it is planned by itself.',
  over: 'Its run is over; `/parallel retry` brings it into the next one.',
  'not-planned-yet': 'It is planned in a moment; `/parallel run` starts it now.',
};

const ENDED_WORDS: Readonly<Record<TaskEnd, string>> = {
  landed: 'has landed',
  failed: 'has failed',
  cancelled: 'is cancelled',
  skipped: 'is skipped',
  withdrawn: 'is taken out',
};

const AFTER: Readonly<Record<TaskEnd, string>> = {
  landed: 'Open a new issue for more work.',
  failed: '`/parallel retry` brings it back.',
  cancelled: '`/parallel retry` brings it back.',
  skipped: '`/parallel retry` brings it back.',
  withdrawn: 'Put the label `parallel` on it to bring it back.',
};

const example = (verb: Verb): string => `/parallel ${COMMAND_HELP[verb].example}`;

/** Where the issue in the example is not the one that the command is about. */
const exampleElsewhere = (verb: Verb): string =>
  verb === 'depends-on' || verb === 'independent-of' ? `${example(verb)} for #34` : example(verb);

const meant = (suggestion: string | null): string =>
  suggestion === null ? '' : ` Did you mean ${code(`/parallel ${suggestion}`)}?`;
