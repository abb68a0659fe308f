import type { PlanWait, PlanWaitReason, ScheduledTask } from '../../domain/plan.ts';
import { blockedWords, holdsWords, noWorkerWords } from '../wait-words.ts';
import { list, minutesText } from '../words.ts';
import { idList, idText, keyText, numberText } from './names.ts';

/** Why a task waits, in words: `blocked by 12`, `13 holds key src/cart.js`, `no worker with gpu before 4 ends`. */
export const waitingText = (
  wait: PlanWait | undefined,
  { start }: ScheduledTask,
  keyOf: (key: string) => string = keyText,
): string =>
  wait === undefined ? '–' : wait.reasons.map((reason) => reasonText(reason, start, keyOf)).join('; ');

function reasonText(reason: PlanWaitReason, start: number, keyOf: (key: string) => string): string {
  switch (reason.kind) {
    case 'blocked':
      return blockedWords(idList(reason.by, 3));
    case 'not-before':
      return `not before ${minutesText(start)}`;
    case 'key':
      return holdsWords(idText(reason.heldBy), keyOf(reason.key));
    case 'worker':
      return `${noWorkerWords(reason.requires.map((name) => keyOf(name)))} before ${idText(reason.after)} ends`;
    case 'capacity':
      return `too little ${keyOf(reason.resource)} before ${idText(reason.after)} ends`;
    case 'turn':
      return reason.after === null ? 'others go first' : `${idText(reason.after)} goes first`;
    default:
      return reason satisfies never;
  }
}

/** How many tasks wait for what: for plans that are too long to be read. */
export function waitingCounts(tasks: number, waits: readonly PlanWait[]): string {
  const counts = new Map<PlanWaitReason['kind'], number>();
  for (const { reasons } of waits) {
    const first = reasons[0]?.kind ?? 'turn';
    counts.set(first, (counts.get(first) ?? 0) + 1);
  }
  const waiting = [...counts].sort(([, a], [, b]) => b - a);
  const words = waiting.map(([kind, count]) => `${KINDS[kind]} (${numberText(count)})`);
  const now = `${numberText(tasks - waits.length)} of ${numberText(tasks)} tasks can start at once`;
  return words.length === 0 ? `${now}.` : `${now}; the others wait for ${list(words)}.`;
}

const KINDS: Readonly<Record<PlanWaitReason['kind'], string>> = {
  blocked: 'a blocker',
  'not-before': 'their time',
  key: 'a key',
  worker: 'a worker',
  capacity: 'a resource',
  turn: 'their turn',
};
