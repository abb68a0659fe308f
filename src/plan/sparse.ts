/** An array whose entries are there: out of range reads 0. */
export type Numbers = Int32Array | Float64Array | Uint8Array;
export const at = (array: Numbers, index: number): number => array[index] ?? 0;

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
  const start = new Int32Array(count + 1);
  for (const row of pairs.rows) start[row + 1] = at(start, row + 1) + 1;
  for (let row = 0; row < count; row++) start[row + 1] = at(start, row + 1) + at(start, row);
  const next = start.slice(0, count);
  const items = new Int32Array(pairs.items.length);
  pairs.rows.forEach((row, index) => {
    const place = at(next, row);
    next[row] = place + 1;
    items[place] = at(pairs.items, index);
  });
  return { start, items };
}

/** The items of a row, without a copy. */
export const rowOf = (rows: Rows, row: number): Int32Array =>
  rows.items.subarray(at(rows.start, row), at(rows.start, row + 1));
