import type { Overlap, PredictedKey } from '../../domain/overlap.ts';
import { KeyIndex } from './key-index.ts';

/**
 * Of those that share one key, so many are looked at: past them it is a file that everybody changes, and naming each
 * pair would take quadratic time.
 */
const MOST_SHARERS = 6;

/**
 * The pairs of tasks that may change the same thing, each once, by what they share most surely; exclusive ones first.
 * Keys to be ignored take no part.
 */
export function overlapsAmong(tasks: ReadonlyMap<number, readonly PredictedKey[]>): readonly Overlap[] {
  const index = new KeyIndex<Holder>();
  const pairs: Overlap[] = [];
  for (const [issue, keys] of [...tasks].sort(([a], [b]) => a - b)) {
    const shown = keys.filter(({ level }) => level !== 'ignore');
    pairs.push(...overlapsWith(index, { issue, keys: shown }));
    for (const predicted of shown) index.add(predicted.key, { issue, predicted });
  }
  return pairs.sort(strongestFirst);
}

interface Holder {
  readonly issue: number;
  readonly predicted: PredictedKey;
}

/** Of one task with those before it, the strongest for each of them. */
function overlapsWith(
  index: KeyIndex<Holder>,
  { issue, keys }: { readonly issue: number; readonly keys: readonly PredictedKey[] },
): Iterable<Overlap> {
  const strongest = new Map<number, Overlap>();
  for (const predicted of keys) {
    for (const { holder } of first(index.conflicting(predicted.key), MOST_SHARERS)) {
      const known = strongest.get(holder.issue);
      const overlap = overlapOf(holder, { issue, predicted });
      if (!known || strongestFirst(overlap, known) < 0) strongest.set(holder.issue, overlap);
    }
  }
  return strongest.values();
}

const overlapOf = (a: Holder, b: Holder): Overlap => ({
  issues: [a.issue, b.issue],
  keys: [a.predicted, b.predicted],
  level: a.predicted.level === 'exclusive' && b.predicted.level === 'exclusive' ? 'exclusive' : 'warn',
  confidence: a.predicted.confidence * b.predicted.confidence,
});

function strongestFirst(a: Overlap, b: Overlap): number {
  if (a.level !== b.level) return a.level === 'exclusive' ? -1 : 1;
  const order = b.confidence - a.confidence || a.issues[0] - b.issues[0] || a.issues[1] - b.issues[1];
  return order || (namesOf(a) < namesOf(b) ? -1 : 1);
}

const namesOf = ({ keys }: Overlap): string => keys.map(({ key }) => key).join('\0');

function* first<Item>(items: Iterable<Item>, most: number): Generator<Item> {
  let count = 0;
  for (const item of items) {
    if (count++ >= most) return;
    yield item;
  }
}
