import { paragraphs } from './fit.ts';
import { commandTable } from './help.ts';
import { type Refusal, refusalText } from './refusals.ts';
import { code, mention } from './text.ts';
import { cyclePath, issueList, issueText } from './words.ts';

/** The list of commands. */
export function helpReply(): string {
  return `Write one of these at the start of a line in a new comment:\n\n${commandTable()}\n\nWithout a number, a command is about the issue or pull request it stands on. You need write permission.`;
}

/** What is not to be expected after a word about a dependency; null: nothing. */
export function overrideReply(view: {
  readonly issue: number;
  /** The circle in which the task waits now. */
  readonly circle: readonly number[] | null;
  /** Its work has begun, and the issue that it is to wait for stands in its way. */
  readonly late: boolean;
  /** Issues that wait for this one, and go on doing so. */
  readonly opposite: readonly number[];
}): string | null {
  const task = issueText(view.issue);
  const parts = [
    view.circle === null
      ? ''
      : `🔁 Now these wait for each other in a circle, so none of them can start: ${cyclePath(view.circle)}. \`/parallel independent-of #N\` on one of them breaks it.`,
    view.late ? `The work on ${task} has begun and is finished; it lands after what it waits for.` : '',
    view.opposite.length === 0
      ? ''
      : `${issueList(view.opposite)} still ${view.opposite.length === 1 ? 'waits' : 'wait'} for ${task}. To end that, comment \`/parallel independent-of ${task}\` there.`,
  ];
  return paragraphs(parts) || null;
}

/** One comment that says why a command was not carried out, and what to do. `command` is the line as written. */
export const refusedReply = (view: {
  readonly author: string;
  readonly command: string;
  readonly refusal: Refusal;
}): string =>
  `😕 ${mention(view.author)}, ${code(view.command, 120)} was not carried out: ${refusalText(view.refusal)}`;
