import { ints } from '../graph/arrays.ts';
import { int } from '../graph/sparse.ts';
import { codeFor, type IdCode } from './id-code.ts';
import { keyOf, sortedIds } from './ids.ts';
import { RankBits } from './rank-bits.ts';

/** Ids by their order, so that nothing depends on the order in which they are given. */
export interface NumberedIds {
  /** Each once, in order. */
  readonly ids: readonly string[];
  /** The number of each id, in the order in which they are given. */
  readonly numbers: Int32Array;
  /** -1: there is none. */
  numberOf(id: string | number): number;
}

type Identified = readonly { readonly id: string | number }[];

/** Codes that lie as far apart as this still take no more memory than a Map of the ids would: two bits each. */
const SPARSEST = 256;

export function numberIds(given: Identified): NumberedIds {
  const code = codeFor(given);
  return code.size <= SPARSEST * given.length ? byCode(given, code) : byText(given);
}

function byCode(given: Identified, code: IdCode): NumberedIds {
  const ranks = new RankBits(code.size);
  const numbers = ints(given.length);
  for (let place = 0; place < given.length; place++) {
    numbers[place] = code.of(keyOf(given[place]?.id ?? ''));
    ranks.add(int(numbers, place));
  }
  // In the order in which they lie in memory.
  const ids = new Array<string>(ranks.count()).fill('');
  for (let place = 0; place < given.length; place++) {
    const number = ranks.rankOf(int(numbers, place));
    numbers[place] = number;
    ids[number] = String(given[place]?.id);
  }
  const numberOf = (id: string | number): number => {
    const own = code.of(keyOf(id));
    return own < 0 ? -1 : ranks.rankOf(own);
  };
  return { ids, numbers, numberOf };
}

/** The hash of texts in a Map has a secret of the process: nobody can choose ids that collide. */
function byText(given: Identified): NumberedIds {
  const table = new Map<string, number>();
  for (const { id } of given) table.set(String(id), 0);
  const ids = sortedIds(Array.from(table.keys(), keyOf)).map(String);
  for (let number = 0; number < ids.length; number++) table.set(ids[number] ?? '', number);
  const numberOf = (id: string | number): number => table.get(String(id)) ?? -1;
  return { ids, numbers: Int32Array.from(given, ({ id }) => numberOf(id)), numberOf };
}
