/** An id as it is compared: 12 and "12" are the same. Numbers are compared faster than their texts. */
export type IdKey = string | number;

export function keyOf(id: string | number): IdKey {
  if (typeof id === 'number') return Number.isInteger(id) && id >= 0 && id < 1e15 ? id : String(id);
  return isPlainNumber(id) ? Number(id) : id;
}

/** Ids in their natural order: numbers by size and first, as issues are; other ids by code units. Each once. */
export function sortedIds(keys: Iterable<IdKey>): readonly IdKey[] {
  const numbers: number[] = [];
  const texts: string[] = [];
  for (const key of keys) {
    if (typeof key === 'number') numbers.push(key);
    else texts.push(key);
  }
  // Sorting without a comparison of ours is several times faster.
  texts.sort();
  return numbers.length === 0 ? texts : [...Float64Array.from(numbers).sort(), ...texts];
}

/** Up to 15 digits, without zeros before them: exact as a number, and the number has the same text. */
function isPlainNumber(id: string): boolean {
  const { length } = id;
  if (length === 0 || length > 15 || (length > 1 && id.charCodeAt(0) === 48)) return false;
  for (let place = 0; place < length; place++) {
    const code = id.charCodeAt(place);
    if (code < 48 || code > 57) return false;
  }
  return true;
}
