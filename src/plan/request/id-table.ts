import { int } from '../graph/sparse.ts';
import type { IdKey } from './ids.ts';

/**
 * The places of ids: like a Map, but half as expensive for hundreds of thousands of texts, because a text is compared
 * only where its whole hash is the same (open addressing, linear probing, at most half full).
 */
export class IdTable {
  readonly keys: IdKey[] = [];
  private readonly mask: number;
  /** One more than the place of the key, or 0. */
  private readonly slots: Int32Array;
  private readonly hashes: Int32Array;

  constructor(most: number) {
    const size = 2 ** Math.ceil(Math.log2(2 * most + 2));
    this.mask = size - 1;
    this.slots = new Int32Array(size);
    this.hashes = new Int32Array(size);
  }

  /** Adds a key; false where it is there already. */
  add(key: IdKey): boolean {
    const hash = hashOf(key);
    const slot = this.slotOf(key, hash);
    if (int(this.slots, slot) !== 0) return false;
    this.keys.push(key);
    this.slots[slot] = this.keys.length;
    this.hashes[slot] = hash;
    return true;
  }

  /** How many keys were added before this one; -1 where it is not there. */
  placeOf(key: IdKey): number {
    return int(this.slots, this.slotOf(key, hashOf(key))) - 1;
  }

  /** The slot of a key, or the free one where it would be. */
  private slotOf(key: IdKey, hash: number): number {
    let slot = hash & this.mask;
    for (;;) {
      const place = int(this.slots, slot);
      if (place === 0) return slot;
      if (int(this.hashes, slot) === hash && this.keys[place - 1] === key) return slot;
      slot = (slot + 1) & this.mask;
    }
  }
}

/** Multiplied and mixed as in MurmurHash2. */
function hashOf(key: IdKey): number {
  if (typeof key === 'number') return mixed(Math.imul(key ^ Math.floor(key / 4_294_967_296), FACTOR));
  let hash = key.length;
  for (let place = 0; place < key.length; place++) hash = Math.imul(hash ^ key.charCodeAt(place), FACTOR);
  return mixed(hash);
}

const FACTOR = 0x5bd1e995;
const mixed = (hash: number): number => hash ^ (hash >>> 15);
