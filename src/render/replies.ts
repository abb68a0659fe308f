import type { Permission } from '../domain/issue.ts';
import type { Priority } from '../domain/task.ts';
import { commandTable } from './help.ts';
import { code, mention, sentence } from './text.ts';
import { count, issueList, issueText } from './words.ts';

/** The list of commands. */
export function helpReply(): string {
  return `Write one of these at the start of a line in a new comment:\n\n${commandTable()}\n\nWithout a number, a command is about the issue or pull request it stands on. You need write permission.`;
}

/** Why a command was not carried out. `command` is the line as written, `word` a part of it; both are untrusted. */
export type Refusal =
  | { readonly kind: 'no-permission'; readonly permission: Permission }
  | { readonly kind: 'edited' }
  | { readonly kind: 'unknown-verb'; readonly word: string; readonly suggestion: string | null }
  /** `usage` without its `/parallel`. */
  | { readonly kind: 'malformed'; readonly usage: string; readonly problem: string }
  | { readonly kind: 'unsupported'; readonly verb: string }
  | { readonly kind: 'not-a-task'; readonly issue: number }
  | { readonly kind: 'no-run' }
  /** Already so, or impossible in the present state: `problem` says which, `nextStep` what to do. */
  | { readonly kind: 'nothing-to-do'; readonly problem: string; readonly nextStep: string };

export interface RefusedView {
  readonly author: string;
  readonly command: string;
  readonly refusal: Refusal;
}

/** One comment that says why, and what to do. */
export function refusedReply(view: RefusedView): string {
  return `😕 ${mention(view.author)}, ${code(view.command, 120)} was not carried out: ${refusalText(view.refusal)}`;
}

function refusalText(refusal: Refusal): string {
  switch (refusal.kind) {
    case 'no-permission':
      return `it takes write permission, and you have ${refusal.permission === 'none' ? 'none' : `“${refusal.permission}”`}. Ask somebody with write permission to comment it.`;
    case 'edited':
      return 'the comment was edited, and only comments as first written count. Write it again in a new comment.';
    case 'unknown-verb':
      return `there is no command ${code(refusal.word, 60)}.${meant(refusal.suggestion)} \`/parallel help\` lists them all.`;
    case 'malformed':
      return `${sentence(refusal.problem)} Write it like this: ${code(`/parallel ${refusal.usage}`)}`;
    case 'unsupported':
      return `${code(refusal.verb, 60)} is known, but this version can’t do it yet. \`/parallel help\` lists what it can.`;
    case 'not-a-task':
      return `${issueText(refusal.issue)} is no task of an open run. Put the label \`parallel\` on the issue first, or comment on one that has it.`;
    case 'no-run':
      return 'no run is open here. Put the label `parallel` on an issue to open one.';
    case 'nothing-to-do':
      return [refusal.problem, refusal.nextStep]
        .map((text) => sentence(text, { references: true }))
        .join(' ')
        .trim();
    default:
      return refusal satisfies never;
  }
}

const meant = (suggestion: string | null): string =>
  suggestion === null ? '' : ` Did you mean ${code(`/parallel ${suggestion}`)}?`;

/** What a command has changed. Issue null: the whole run. */
export type Done =
  | { readonly verb: 'run'; readonly issues: readonly number[] }
  | { readonly verb: 'pause' | 'resume'; readonly issue: number | null }
  | { readonly verb: 'cancel' | 'skip'; readonly issue: number; readonly dependents: readonly number[] }
  | { readonly verb: 'retry'; readonly issue: number }
  | { readonly verb: 'approve'; readonly issues: readonly number[] }
  | { readonly verb: 'priority'; readonly issue: number; readonly priority: Priority };

/** What happened, and what follows. */
export function doneReply(done: Done): string {
  return `🚀 ${doneText(done)}`;
}

function doneText(done: Done): string {
  switch (done.verb) {
    case 'run':
      return `Planning now, without the quiet time: ${count(done.issues.length, 'labelled issue')}${of(done.issues)}.`;
    case 'pause':
      return `${scope(done.issue)} is paused. What runs may finish, nothing new starts. \`/parallel resume\` goes on.`;
    case 'resume':
      return `${scope(done.issue)} goes on.`;
    case 'cancel':
      return `${issueText(done.issue)} is cancelled; its branch is kept.${blockedText(done.dependents)} \`/parallel retry\` brings it back.`;
    case 'skip':
      return `${issueText(done.issue)} is skipped.${done.dependents.length === 0 ? '' : ` Those that waited for it go on: ${issueList(done.dependents)}.`}`;
    case 'retry':
      return `${issueText(done.issue)} is tried again as soon as there is room, with a fresh count of rounds.`;
    case 'approve':
      return `Approved: ${issueList(done.issues)}.`;
    case 'priority':
      return `${issueText(done.issue)} now has the priority ${done.priority}.`;
    default:
      return done satisfies never;
  }
}

const scope = (issue: number | null): string => (issue === null ? 'The run' : issueText(issue));
const of = (issues: readonly number[]): string => (issues.length === 0 ? '' : ` (${issueList(issues)})`);
const blockedText = (issues: readonly number[]): string =>
  issues.length === 0
    ? ''
    : ` ${issueList(issues)} ${issues.length === 1 ? 'waits' : 'wait'} for it and can’t start: \`/parallel skip\` lets them go on.`;
