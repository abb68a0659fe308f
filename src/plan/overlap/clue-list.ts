import type { KeyClue, KeyClues, KeySource } from '../../domain/overlap.ts';
import { together } from './forecast.ts';

/** Of one source about one key: what comes after these adds nothing that anybody would read. */
const MOST_OF_A_SOURCE = 3;

/** An issue that points at more than this points at nothing. */
export const MOST_PREDICTED = 30;

/** Collects clues by key; what is found does not depend on the order in which they come. */
export class ClueList {
  readonly #byKey = new Map<string, Map<string, KeyClue>>();

  /** Of two clues from one place the surer one counts: they are one reason, not two. */
  add(key: string, clue: KeyClue): void {
    const clues = this.#byKey.get(key) ?? new Map<string, KeyClue>();
    this.#byKey.set(key, clues);
    const place = `${clue.source} ${clue.via ?? ` ${clue.quote}`}`;
    const known = clues.get(place);
    if (!known || isBefore(clue, known)) clues.set(place, clue);
  }

  /** The surest keys, surest first, each with its best clues; without those that are `known` already. */
  strongest(known: ReadonlySet<string>): readonly KeyClues[] {
    const fresh = [...this.#byKey].filter(([key]) => !known.has(key));
    const all = fresh.map(([key, clues]) => {
      const best = bestOf([...clues.values()]);
      return { key, clues: best, confidence: together(best) };
    });
    return all
      .sort((a, b) => b.confidence - a.confidence || (a.key < b.key ? -1 : 1))
      .slice(0, MOST_PREDICTED)
      .map(({ key, clues }) => ({ key, clues }));
  }
}

function bestOf(clues: readonly KeyClue[]): readonly KeyClue[] {
  const counts = new Map<KeySource, number>();
  return clues
    .toSorted((a, b) => (isBefore(a, b) ? -1 : 1))
    .filter(({ source }) => {
      const count = (counts.get(source) ?? 0) + 1;
      counts.set(source, count);
      return count <= MOST_OF_A_SOURCE;
    });
}

/** A total order: surest first. */
function isBefore(a: KeyClue, b: KeyClue): boolean {
  if (a.confidence !== b.confidence) return a.confidence > b.confidence;
  return wordsOf(a) < wordsOf(b);
}

const wordsOf = ({ source, via, quote }: KeyClue): string => `${source} ${via ?? ''} ${quote}`;
