import type { Attempt } from '../domain/attempt.ts';
import type { NeedsHuman } from '../domain/task.ts';
import { outcomeText } from './comments.ts';
import { attemptText, count, shortSha } from './words.ts';

/*
 * Why a task ended or needs a person, as plain text that is stored with it: not yet escaped. Code stands in backticks;
 * whoever shows it passes it through `sentence`.
 */

export const landedCause = (sha: string): string => `merged as ${shortSha(sha)}`;

/** Somebody ended the task by a command. */
export const saidCause = (author: string): string => `@${author} said so`;

/** Why a task left its run. `where`: the issue whose label counts, the task's own or its epic's. */
export type Leaving =
  | { readonly kind: 'unreadable'; readonly where: Whereabouts }
  | { readonly kind: 'closed'; readonly where: Whereabouts }
  | { readonly kind: 'unlabelled'; readonly where: Whereabouts }
  | { readonly kind: 'moved'; readonly issue: number; readonly epic: number };

export interface Whereabouts {
  readonly issue: number;
  readonly isEpic: boolean;
}

export function leavingCause(leaving: Leaving): string {
  if (leaving.kind === 'moved') return `#${leaving.issue} is no longer a sub-issue of #${leaving.epic}`;
  const { issue, isEpic } = leaving.where;
  const what = isEpic ? `the epic #${issue}` : `issue #${issue}`;
  switch (leaving.kind) {
    case 'unreadable':
      return `${what} can no longer be read: deleted or moved`;
    case 'closed':
      return `${what} was closed`;
    case 'unlabelled':
      return `the label \`parallel\` was removed from ${isEpic ? what : `#${issue}`}`;
    default:
      return leaving satisfies never;
  }
}

/** What became of an attempt that did not succeed. */
export const attemptCause = ({ outcome }: Attempt): string =>
  outcome ? outcomeText(outcome) : 'it was cancelled';

/** What stops a task until a person acts. */
export type Need =
  | { readonly kind: 'push-refused' | 'pull-refused'; readonly message: string }
  | { readonly kind: 'pull-closed'; readonly pull: number }
  | { readonly kind: 'protected'; readonly pull: number; readonly paths: readonly string[] }
  | { readonly kind: 'rounds'; readonly of: 'review' | 'conflict'; readonly limit: number }
  | { readonly kind: 'failed'; readonly attempt: Attempt };

/** The cause and the next step of a need. */
export function needText(need: Need, issue: number): Pick<NeedsHuman, 'cause' | 'nextStep'> {
  const retry = `comment \`/parallel retry\` on #${issue}`;
  switch (need.kind) {
    case 'push-refused':
      return {
        cause: `The work could not be pushed: ${ended(need.message)}`,
        nextStep: `Remove the cause, then ${retry}.`,
      };
    case 'pull-refused':
      return {
        cause: `The pull request could not be opened: ${ended(need.message)}`,
        nextStep: `Remove the cause, then ${retry}.`,
      };
    case 'pull-closed':
      return {
        cause: `Pull request #${need.pull} was closed without being merged.`,
        nextStep: `Reopen it and ${retry}; or comment \`/parallel skip\` on #${issue} to go on without it.`,
      };
    case 'protected':
      return {
        cause: `The work changes protected paths: ${pathsText(need.paths)}.`,
        nextStep: `Look at pull request #${need.pull}, then comment \`/parallel approve\` on #${issue} if the change is right.`,
      };
    case 'rounds':
      return roundsText(need, retry);
    case 'failed':
      return {
        cause: `The last try, ${attemptText(need.attempt)}, did not succeed: ${attemptCause(need.attempt)}.`,
        nextStep: `Look at the pull request and remove the cause, then ${retry}.`,
      };
    default:
      return need satisfies never;
  }
}

function roundsText(
  { of, limit }: Extract<Need, { kind: 'rounds' }>,
  retry: string,
): Pick<NeedsHuman, 'cause' | 'nextStep'> {
  const byHand = 'Finish the pull request by hand and merge it';
  const what = of === 'review' ? 'Changes are still requested' : 'The work still conflicts with the base';
  if (limit > 0)
    return {
      cause: `${what} after ${count(limit, 'round')}.`,
      nextStep: `${byHand}, or ${retry} to allow ${count(limit, 'more round')}.`,
    };
  return {
    cause: `${what}, and \`rounds.${of}\` of \`.github/parallel.yml\` allows no round.`,
    nextStep: `${byHand}, or allow rounds there and ${retry}.`,
  };
}

const pathsText = (paths: readonly string[]): string =>
  `${paths
    .slice(0, 5)
    .map((path) => `\`${path.replaceAll('`', "'")}\``)
    .join(', ')}${paths.length > 5 ? ` and ${paths.length - 5} more` : ''}`;

const ended = (message: string): string => (/[.!?]$/.test(message) ? message : `${message}.`);
