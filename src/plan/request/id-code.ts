import { int } from '../graph/sparse.ts';
import { type IdKey, keyOf } from './ids.ts';

/*
 * Ids as whole numbers that rise with their order. What all texts begin with is left out; the rest is read as digits in
 * the alphabet of the letters that occur there, a missing letter as zero. Names like `task-123456` become so short that
 * they need not be hashed, compared or sorted any more.
 */

/** The code for these ids; it may be larger than is of use. */
export function codeFor(given: readonly { readonly id: string | number }[]): IdCode {
  const survey = new Survey();
  for (let place = 0; place < given.length; place++) survey.add(keyOf(given[place]?.id ?? ''));
  return new IdCode(survey);
}

/** What ids have in common. */
class Survey {
  /** The largest number among them, and the length of the longest text; -1: there is none. */
  mostNumber = -1;
  longest = -1;
  prefix: Int32Array = new Int32Array(0);
  /** By code unit, 1 where it occurs behind the prefix; and the largest of those. */
  readonly seen = new Int32Array(0x10000);
  mostSeen = 0;

  add(key: IdKey): void {
    if (typeof key === 'number') {
      if (key > this.mostNumber) this.mostNumber = key;
      return;
    }
    if (this.longest < 0) this.prefix = unitsOf(key);
    const { prefix } = this;
    let at = 0;
    while (at < prefix.length && key.charCodeAt(at) === int(prefix, at)) at++;
    if (at < prefix.length) this.cut(at);
    for (; at < key.length; at++) this.see(key.charCodeAt(at));
    if (key.length > this.longest) this.longest = key.length;
  }

  private cut(length: number): void {
    for (let at = length; at < this.prefix.length; at++) this.see(int(this.prefix, at));
    this.prefix = this.prefix.slice(0, length);
  }

  private see(unit: number): void {
    this.seen[unit] = 1;
    if (unit > this.mostSeen) this.mostSeen = unit;
  }
}

function unitsOf(text: string): Int32Array {
  const units = new Int32Array(text.length);
  for (let at = 0; at < units.length; at++) units[at] = text.charCodeAt(at);
  return units;
}

export class IdCode {
  /** Codes are smaller than this. */
  readonly size: number;
  private readonly mostNumber: number;
  private readonly prefix: Int32Array;
  private readonly longest: number;
  /** By code unit, from 1 on; 0: it occurs in no id behind the prefix. */
  private readonly digits: Int32Array;
  private readonly base: number;

  constructor({ mostNumber, longest, prefix, seen, mostSeen }: Survey) {
    this.mostNumber = mostNumber;
    this.prefix = prefix;
    this.longest = longest;
    this.digits = seen;
    let letters = 0;
    for (let unit = 0; unit <= mostSeen; unit++) if (int(seen, unit) === 1) seen[unit] = ++letters;
    this.base = letters + 1;
    this.size = mostNumber + 1 + (longest < 0 ? 0 : this.base ** (longest - prefix.length));
  }

  /** Texts come after numbers. -1 where the id cannot be among those for which the code was made. */
  of(key: IdKey): number {
    if (typeof key === 'number') return key <= this.mostNumber ? key : -1;
    const { prefix, longest, digits, base } = this;
    const { length } = key;
    if (length > longest || length < prefix.length) return -1;
    for (let at = 0; at < prefix.length; at++) if (key.charCodeAt(at) !== int(prefix, at)) return -1;
    let code = 0;
    for (let at = prefix.length; at < length; at++) {
      const digit = int(digits, key.charCodeAt(at));
      if (digit === 0) return -1;
      code = code * base + digit;
    }
    for (let at = length; at < longest; at++) code *= base;
    return this.mostNumber + 1 + code;
  }
}
