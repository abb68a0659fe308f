import type { Overlap, PredictedKey } from '../../domain/overlap.ts';
import { KeyIndex } from './key-index.ts';

/**
 * Of those that share one key, so many are looked at: past them it is a file that everybody changes, and naming each
 * pair would take quadratic time.
 */
const MOST_SHARERS = 12;

/**
 * The pairs of tasks that may change the same thing, each once, by what they share most surely; exclusive ones first.
 * Keys to be ignored take no part.
 */
export function overlapsAmong(tasks: ReadonlyMap<number, readonly PredictedKey[]>): readonly Overlap[] {
  const index = new KeyIndex<{ readonly issue: number; readonly predicted: PredictedKey }>();
  const pairs = new Map<string, Overlap>();
  for (const [issue, keys] of [...tasks].sort(([a], [b]) => a - b)) {
    const shown = keys.filter(({ level }) => level !== 'ignore');
    for (const predicted of shown)
      for (const { holder } of first(index.conflicting(predicted.key), MOST_SHARERS))
        keepStronger(pairs, overlapOf(holder, { issue, predicted }));
    for (const predicted of shown) index.add(predicted.key, { issue, predicted });
  }
  return [...pairs.values()].sort(strongestFirst);
}

interface Holder {
  readonly issue: number;
  readonly predicted: PredictedKey;
}

const overlapOf = (a: Holder, b: Holder): Overlap => ({
  issues: [a.issue, b.issue],
  keys: [a.predicted, b.predicted],
  level: [a, b].every(({ predicted }) => predicted.level === 'exclusive') ? 'exclusive' : 'warn',
  confidence: a.predicted.confidence * b.predicted.confidence,
});

function keepStronger(pairs: Map<string, Overlap>, overlap: Overlap): void {
  const pair = overlap.issues.join(' ');
  const known = pairs.get(pair);
  if (!known || strongestFirst(overlap, known) < 0) pairs.set(pair, overlap);
}

function strongestFirst(a: Overlap, b: Overlap): number {
  if (a.level !== b.level) return a.level === 'exclusive' ? -1 : 1;
  const [[a1, a2], [b1, b2]] = [a.issues, b.issues];
  return b.confidence - a.confidence || a1 - b1 || a2 - b2 || (namesOf(a) < namesOf(b) ? -1 : 1);
}

const namesOf = ({ keys }: Overlap): string => keys.map(({ key }) => key).join('\0');

function* first<Item>(items: Iterable<Item>, most: number): Generator<Item> {
  let count = 0;
  for (const item of items) {
    if (count++ >= most) return;
    yield item;
  }
}
