import type { BlockedBy, PullWait, WaitReason } from '../domain/task.ts';
import { cellCode, mention, named, plain } from './text.ts';
import { blockedWords, holdsWords, noWorkerWords } from './wait-words.ts';
import { blockedByText, causeWord, cyclePath, type Home, list, timeText } from './words.ts';

/** Where the words are shown, and who wanted the work: the person who is named where one has to act. */
export interface WaitContext {
  readonly home: Home;
  readonly asked: string;
}

/** Why a task does not start, as the end of a sentence that begins with "waits". */
export function reasonText(reason: WaitReason, { home, asked }: WaitContext): string {
  const who = mention(asked);
  switch (reason.kind) {
    case 'blocked':
      return blockedText(reason.by, home, who);
    case 'cycle':
      return `in a circle: ${cyclePath(reason.path)}; ${who}, remove one of these dependencies`;
    case 'key':
      return `for #${reason.heldBy}, which works on ${cellCode(reason.key, 80)}`;
    case 'slot':
      return `for a free slot (${reason.limit} at once)`;
    case 'worker':
      return `because there is ${noWorkerWords(names(reason.requires))}; ${who}, run the server with \`HEDDLE_CAPABILITIES\` where there is one, or take the label off that asks for it`;
    case 'paused':
      return pausedText(who);
    case 'read-only':
      return readOnlyText(who);
    case 'approval':
      return `for ${who} or another person who may write to comment \`/parallel approve\``;
    case 'edited':
      return `for ${who}: ${reason.by === null ? 'somebody' : named(reason.by)} edited the text; \`/parallel approve\` accepts the new text`;
    case 'backoff':
      return `until ${timeText(reason.until)}, then tries again (${causeWord(reason.cause)})`;
    case 'config':
      return configText(who);
    default:
      return reason satisfies never;
  }
}

const names = (parts: readonly string[]): readonly string[] => parts.map((part) => cellCode(part, 60));

/** Why a task does not start, after `is waiting: `, in the words of `heddle plan` where it has some. */
export function explainedText(reason: WaitReason, context: WaitContext): string {
  switch (reason.kind) {
    case 'blocked':
      return blockedWords(blockedText(reason.by, context.home, mention(context.asked)).replace(/^for /, ''));
    case 'key':
      return `${holdsWords(`#${reason.heldBy}`, cellCode(reason.key, 80))} until its work has landed`;
    case 'worker':
      return reasonText(reason, context).replace(/^because there is /, '');
    default:
      return `waits ${reasonText(reason, context)}`;
  }
}

/** A blocker that has ended without landing stays in the way until somebody decides about it. */
function blockedText(by: readonly BlockedBy[], home: Home, who: string): string {
  const blockers = list(
    by.map((each) => blockedByText(each, home)),
    6,
  );
  if (by.some(({ because }) => because === 'unreadable'))
    return `for ${blockers}; ${who}, let the App read it, or remove the dependency`;
  const stuck = by.some(({ because }) => because !== 'open' && because !== 'needs-human');
  return stuck
    ? `for ${blockers}; ${who}, comment \`/parallel retry\` or \`/parallel skip\` there, or close the issue`
    : `for ${blockers}`;
}

/** What a pull request waits for, as the end of a sentence that begins with "waits". `asked`: who wanted the work. */
export function pullWaitText(wait: PullWait, { home, asked }: WaitContext): string {
  const who = mention(asked);
  switch (wait.kind) {
    case 'config':
      return configText(who);
    case 'draft':
      return `for ${who} or another person to mark the draft as ready`;
    case 'look-again':
      return `for ${named(wait.by)} to review again`;
    case 'approvals':
      return `for ${wait.missing === 1 ? 'a review' : `${wait.missing} approvals`} by ${who} or another person who may write`;
    case 'checks':
      return checksText(wait, who);
    case 'blocked':
      return blockedText(wait.by, home, who);
    case 'paused':
      return pausedText(who);
    case 'read-only':
      return readOnlyText(who);
    case 'merge':
      return `for ${who} to merge it: it is approved and green`;
    case 'merge-refused':
      return `for ${who}: GitHub refuses the merge (${plain(wait.message, { max: 200 })}); remove the cause, and it is tried again`;
    case 'mergeable':
      return 'for GitHub to say whether it can be merged';
    default:
      return wait satisfies never;
  }
}

const readOnlyText = (who: string): string =>
  `because the repository is archived or disabled: for ${who} or another person to change that`;
const configText = (who: string): string => `for ${who} or another person to fix \`.github/parallel.yml\``;
const pausedText = (who: string): string =>
  `because it is paused: for ${who} or another person who may write to comment \`/parallel resume\``;

function checksText({ state, names }: Extract<PullWait, { kind: 'checks' }>, who: string): string {
  const which = list(
    names.map((name) => cellCode(name, 60)),
    4,
  );
  if (which === '' || state === 'unread') return 'for its checks';
  const noun = names.length === 1 ? 'check' : 'checks';
  return state === 'pending'
    ? `for the ${noun} ${which}`
    : `for ${who}: the ${noun} ${which} failed; mend the branch, or run the ${noun} again`;
}
