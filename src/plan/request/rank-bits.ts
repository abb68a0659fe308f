import { ints } from '../graph/arrays.ts';
import { int } from '../graph/sparse.ts';

/**
 * A set of whole numbers below a size that is not many times larger than the set, and the rank of each: how many smaller
 * ones are in it. A bit for each number, and beside every 32 of them how many come before: whatever the numbers are, a
 * rank takes one look at one place, and nothing is sorted, hashed or compared.
 */
export class RankBits {
  /** In turn: bits, and how many bits are set before them. */
  private readonly words: Int32Array;

  constructor(size: number) {
    this.words = ints(2 * Math.ceil(size / 32));
  }

  add(number: number): void {
    const word = (number >>> 5) << 1;
    this.words[word] = int(this.words, word) | (1 << (number & 31));
  }

  /** After all were added, before the first rank is asked for: counts them. */
  count(): number {
    const { words } = this;
    let before = 0;
    for (let word = 0; word < words.length; word += 2) {
      words[word + 1] = before;
      before += bitsIn(int(words, word));
    }
    return before;
  }

  /** -1 where the number is not in the set. */
  rankOf(number: number): number {
    const word = (number >>> 5) << 1;
    const bits = int(this.words, word);
    const own = 1 << (number & 31);
    return (bits & own) === 0 ? -1 : int(this.words, word + 1) + bitsIn(bits & (own - 1));
  }
}

/** Counted in pairs, fours and eights side by side (Warren, Hacker's Delight, 5-1). */
function bitsIn(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
