/**
 * The candidate that somebody most likely meant by a word, or null where none is near. Case, `-` and `_` do not count.
 * Ties go to the candidate that is named first.
 */
export function didYouMean(word: string, candidates: readonly string[]): string | null {
  const wanted = fold(word);
  if (wanted === '' || wanted.length > LONGEST) return null;
  let best: string | null = null;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, fold(candidate));
    if (distance < bestDistance && distance <= tolerance(wanted, candidate)) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** Longer words are no typing errors, and the table grows with the square. */
const LONGEST = 64;

const fold = (word: string): string => word.toLowerCase().replaceAll(/[-_]/g, '');

/** One error in a word of three or four letters, about one in three beyond. */
const tolerance = (wanted: string, candidate: string): number =>
  Math.floor(Math.max(wanted.length, candidate.length, 3) / 3);

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours cost 1 each. */
export function editDistance(a: string, b: string): number {
  let older: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const next = nextRow({ a, b, row, older, last });
    older = last;
    last = next;
  }
  return last[b.length] ?? 0;
}

interface Rows {
  readonly a: string;
  readonly b: string;
  readonly row: number;
  readonly older: readonly number[];
  readonly last: readonly number[];
}

function nextRow({ a, b, row, older, last }: Rows): number[] {
  const next = [row];
  for (let column = 1; column <= b.length; column++) {
    const same = a[row - 1] === b[column - 1] ? 0 : 1;
    const edits = [at(last, column) + 1, at(next, column - 1) + 1, at(last, column - 1) + same];
    const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
    if (swapped) edits.push(at(older, column - 2) + 1);
    next.push(Math.min(...edits));
  }
  return next;
}

const at = (row: readonly number[], column: number): number => row[column] ?? 0;
