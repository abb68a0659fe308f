import type { Permission } from '../domain/issue.ts';
import { commandTable } from './help.ts';
import { code, mention, sentence } from './text.ts';
import { issueText } from './words.ts';

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
