import { int, type Rows } from '../graph/sparse.ts';

/** Rows with places for the entries behind the items. */
export function withEntries({ start, items }: Rows, entryStart: Int32Array): Rows {
  const count = start.length - 1;
  const longer = new Int32Array(count + 1);
  for (let row = 0; row <= count; row++) longer[row] = int(start, row) + int(entryStart, row);
  const all = new Int32Array(int(longer, count)).fill(count);
  for (let row = 0; row < count; row++)
    all.set(items.subarray(int(start, row), int(start, row + 1)), int(longer, row));
  return { start: longer, items: all };
}

/** For each entry its place in such rows: a row's last places are those of its entries. */
export function placesIn({ start }: Rows, entryStart: Int32Array): Int32Array {
  const places = new Int32Array(int(entryStart, entryStart.length - 1));
  for (let row = 0; row + 1 < entryStart.length; row++) {
    const stop = int(entryStart, row + 1);
    for (let entry = int(entryStart, row); entry < stop; entry++)
      places[entry] = int(start, row + 1) - stop + entry;
  }
  return places;
}
