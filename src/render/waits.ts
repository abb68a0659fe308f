import type { PullWait, WaitReason } from '../domain/task.ts';
import { cellCode, mention, named, plain } from './text.ts';
import { blockedByText, causeWord, cyclePath, type Home, list, timeText } from './words.ts';

/** Why a task does not start, as the end of a sentence that begins with "waits". */
export function reasonText(reason: WaitReason, home: Home): string {
  switch (reason.kind) {
    case 'blocked':
      return `for ${list(
        reason.by.map((each) => blockedByText(each, home)),
        6,
      )}`;
    case 'cycle':
      return `in a circle: ${cyclePath(reason.path)}; remove one of these dependencies`;
    case 'key':
      return `for #${reason.heldBy}, which works on ${cellCode(reason.key, 80)}`;
    case 'slot':
      return `for a free slot (${reason.limit} at once)`;
    case 'paused':
      return PAUSED;
    case 'approval':
      return 'for `/parallel approve`';
    case 'edited':
      return `because ${reason.by === null ? 'somebody' : named(reason.by)} edited the text; \`/parallel approve\` accepts the new text`;
    case 'backoff':
      return `until ${timeText(reason.until)}, then tries again (${causeWord(reason.cause)})`;
    case 'config':
      return CONFIG;
    default:
      return reason satisfies never;
  }
}

/** What a pull request waits for, as the end of a sentence that begins with "waits". `asked`: who wanted the work. */
export function pullWaitText(wait: PullWait, { home, asked }: { home: Home; asked: string }): string {
  const who = mention(asked);
  switch (wait.kind) {
    case 'config':
      return CONFIG;
    case 'draft':
      return `for ${who} or another person to mark the draft as ready`;
    case 'look-again':
      return `for ${named(wait.by)} to review again`;
    case 'approvals':
      return `for ${wait.missing === 1 ? 'a review' : `${wait.missing} approvals`} by ${who} or another person who may write`;
    case 'checks':
      return checksText(wait, who);
    case 'blocked':
      return `for ${list(
        wait.by.map((each) => blockedByText(each, home)),
        6,
      )} to land or to be closed`;
    case 'paused':
      return PAUSED;
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

const CONFIG = 'for `.github/parallel.yml` to be fixed';
const PAUSED = 'because it is paused; `/parallel resume` goes on';

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
