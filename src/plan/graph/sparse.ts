import { copied, ints } from './arrays.ts';
/*
 * Reading typed arrays. One function for each kind of array, so that the compiler of the machine sees one kind at each
 * place: a reader for all of them costs several times as much in the loops that plan 100,000 tasks. Out of range reads 0.
 */
export const int = (array: Int32Array, index: number): number => array[index] ?? 0;
export const real = (array: Float64Array, index: number): number => array[index] ?? 0;

/** Compressed sparse rows: row `i` is `items[start[i]] … items[start[i + 1] - 1]`. */
export interface Rows {
  readonly start: Int32Array;
  readonly items: Int32Array;
}

/** Pairs (row, item) as rows; within a row the order of the pairs. */
export function toRows(
  count: number,
  pairs: { readonly rows: Int32Array; readonly items: Int32Array },
): Rows {
  const { rows } = pairs;
  const start = ints(count + 1);
  for (let pair = 0; pair < rows.length; pair++) {
    const row = int(rows, pair) + 1;
    start[row] = int(start, row) + 1;
  }
  for (let row = 0; row < count; row++) start[row + 1] = int(start, row + 1) + int(start, row);
  const next = copied(start.subarray(0, count));
  const items = ints(rows.length);
  for (let pair = 0; pair < rows.length; pair++) {
    const row = int(rows, pair);
    const place = int(next, row);
    next[row] = place + 1;
    items[place] = int(pairs.items, pair);
  }
  return { start, items };
}

/** Rows that are given in pieces: `sizes[i]` items, one piece after the other, for row `rows[i]`. */
export function gathered(
  count: number,
  pieces: { readonly rows: Int32Array; readonly sizes: Int32Array; readonly items: Int32Array },
): Rows {
  const { rows, sizes } = pieces;
  const start = ints(count + 1);
  for (let piece = 0; piece < rows.length; piece++) {
    const row = int(rows, piece) + 1;
    start[row] = int(start, row) + int(sizes, piece);
  }
  for (let row = 0; row < count; row++) start[row + 1] = int(start, row + 1) + int(start, row);
  const next = copied(start.subarray(0, count));
  const items = ints(pieces.items.length);
  let from = 0;
  for (let piece = 0; piece < rows.length; piece++) {
    const row = int(rows, piece);
    let place = int(next, row);
    for (const stop = from + int(sizes, piece); from < stop; from++) items[place++] = int(pieces.items, from);
    next[row] = place;
  }
  return { start, items };
}

/** The items of a row, without a copy; where there are very many rows, a loop from `start` to `start` is cheaper. */
export const rowOf = (rows: Rows, row: number): Int32Array =>
  rows.items.subarray(int(rows.start, row), int(rows.start, row + 1));

export const sizeOf = (rows: Rows, row: number): number => int(rows.start, row + 1) - int(rows.start, row);

/** The same pairs with rows and items exchanged. */
export function turned({ start, items }: Rows): Rows {
  const rows = ints(items.length);
  for (let row = 0; row + 1 < start.length; row++) rows.fill(row, int(start, row), int(start, row + 1));
  return toRows(start.length - 1, { rows: items, items: rows });
}

/** A list of whole numbers that grows. */
export class Ints {
  length = 0;
  private items: Int32Array;

  constructor(expected: number) {
    this.items = ints(Math.max(16, expected));
  }

  push(item: number): void {
    if (this.length === this.items.length) {
      const more = ints(2 * this.length);
      more.set(this.items);
      this.items = more;
    }
    this.items[this.length] = item;
    this.length++;
  }

  /** Whether the item is in the list from the given place on. */
  has(item: number, from: number): boolean {
    for (let place = from; place < this.length; place++) if (this.items[place] === item) return true;
    return false;
  }

  taken(): Int32Array {
    return this.items.subarray(0, this.length);
  }
}
