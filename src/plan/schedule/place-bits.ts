import { int } from '../graph/sparse.ts';
import type { ReadyPlaces } from './stage.ts';

/**
 * Places in a row where all ask for the same: a bit for each, and above every 32 of them a bit that says whether there is
 * any. Four looks find the first of a million, where a tree of amounts takes twenty.
 */
export class PlaceBits implements ReadyPlaces {
  /** The places themselves first; the last has one word. */
  private readonly levels: readonly Int32Array[];
  /** What every place asks for. */
  private bits = 0;

  constructor(size: number) {
    const levels: Int32Array[] = [];
    let words = Math.max(1, size);
    do {
      words = Math.ceil(words / 32);
      levels.push(new Int32Array(words));
    } while (words > 1);
    this.levels = levels;
  }

  set(place: number, bits: number): void {
    this.bits = bits;
    let at = place;
    for (let level = 0; level < this.levels.length; level++) {
      const words = this.levels[level] ?? NONE;
      const word = at >>> 5;
      const before = int(words, word);
      words[word] = before | (1 << (at & 31));
      if (before !== 0) return;
      at = word;
    }
  }

  clear(place: number): void {
    let at = place;
    for (let level = 0; level < this.levels.length; level++) {
      const words = this.levels[level] ?? NONE;
      const word = at >>> 5;
      const after = int(words, word) & ~(1 << (at & 31));
      words[word] = after;
      if (after !== 0) return;
      at = word;
    }
  }

  first(from: number, wanted: number): number {
    if ((this.bits & wanted) === 0) return -1;
    let at = from;
    for (let level = 0; level < this.levels.length; level++) {
      const words = this.levels[level] ?? NONE;
      const word = at >>> 5;
      if (word >= words.length) return -1;
      const later = int(words, word) & (-1 << (at & 31));
      if (later !== 0) return this.below(level, (word << 5) + firstBit(later));
      at = word + 1;
    }
    return -1;
  }

  /** The first place under a bit of a level. */
  private below(level: number, bit: number): number {
    let at = bit;
    for (let next = level - 1; next >= 0; next--)
      at = (at << 5) + firstBit(int(this.levels[next] ?? NONE, at));
    return at;
  }
}

const NONE = new Int32Array(0);
const firstBit = (word: number): number => 31 - Math.clz32(word & -word);
