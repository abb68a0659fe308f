import { commandTable } from './help.ts';
import { type Refusal, refusalText } from './refusals.ts';
import { code, mention } from './text.ts';

/** The list of commands. */
export function helpReply(): string {
  return `Write one of these at the start of a line in a new comment:\n\n${commandTable()}\n\nWithout a number, a command is about the issue or pull request it stands on. You need write permission.`;
}

/** One comment that says why a command was not carried out, and what to do. `command` is the line as written. */
export const refusedReply = (view: {
  readonly author: string;
  readonly command: string;
  readonly refusal: Refusal;
}): string =>
  `😕 ${mention(view.author)}, ${code(view.command, 120)} was not carried out: ${refusalText(view.refusal)}`;
