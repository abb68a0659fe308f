/** A path or a glob, cut at its slashes. */
type Segments = readonly string[];

/**
 * Whether two tasks with these exclusive keys could touch the same thing: equal keys, a directory and what lies in it,
 * a glob and what it may cover, two globs that may cover the same path. In doubt they conflict. Symmetric.
 * `*` stands for anything within a segment, `**` for any segments; `{a,b}` counts as `*`. Beside a glob, a name with
 * an ending (`a.ts`) is taken as a file, so nothing lies in it.
 */
export function keysConflict(a: string, b: string): boolean {
  if (a === b) return true;
  if (!WILD.test(a) && !WILD.test(b)) return a.startsWith(`${b}/`) || b.startsWith(`${a}/`);
  return meet(a.split('/'), b.split('/'), { a: mayHold(a), b: mayHold(b) });
}

const mayHold = (key: string): boolean => !/[^./]\.[A-Za-z][A-Za-z0-9]*$/.test(key);

/**
 * Whether a pattern covers a path, as in CODEOWNERS: a pattern without a slash counts in every directory, one that
 * names a directory counts for all that lies in it.
 */
export function pathMatches(path: string, pattern: string): boolean {
  const trimmed = pattern.replace(/^\//, '').replace(/\/$/, '');
  const anywhere = !pattern.replace(/\/$/, '').includes('/');
  return meet(path.split('/'), [...(anywhere ? ['**'] : []), ...trimmed.split('/')], { a: false, b: true });
}

/**
 * Whether some path fits both. `holds`: which of them may end inside the other, as a directory.
 * A table over both, row by row: `open[j]` says that the segments so far fit the first j of `b`.
 */
function meet(a: Segments, b: Segments, holds: { readonly a: boolean; readonly b: boolean }): boolean {
  let open = openStart(b);
  for (const segment of a) {
    if (open[b.length] && holds.b) return true;
    open = nextRow(open, segment, b);
    if (!open.includes(true)) return false;
  }
  return holds.a || open[b.length] === true;
}

function openStart(b: Segments): boolean[] {
  const open = [true];
  for (const segment of b) open.push(open.at(-1) === true && segment === '**');
  return open;
}

function nextRow(open: readonly boolean[], segment: string, b: Segments): boolean[] {
  const any = segment === '**';
  const row = [any && open[0] === true];
  b.forEach((other, index) => {
    const both = open[index] === true && segmentsMeet(segment, other);
    const aGoesOn = any && open[index + 1] === true;
    const bGoesOn = other === '**' && (open[index + 1] === true || row[index] === true);
    const aSpans = any && row[index] === true;
    row.push(both || aGoesOn || bGoesOn || aSpans);
  });
  return row;
}

const WILD = /[*?{]/;

function segmentsMeet(a: string, b: string): boolean {
  if (a === b || a === '**' || b === '**') return true;
  const [wildA, wildB] = [WILD.test(a), WILD.test(b)];
  if (wildA && wildB) return edgesMeet(a, b);
  if (wildA) return fits(a, b);
  return wildB && fits(b, a);
}

/** Two patterns: whether their fixed beginnings and ends agree; what is between may be anything. */
function edgesMeet(a: string, b: string): boolean {
  const [headA, headB] = [fixedHead(a), fixedHead(b)];
  const [tailA, tailB] = [fixedTail(a), fixedTail(b)];
  const heads = headA.startsWith(headB) || headB.startsWith(headA);
  return heads && (tailA.endsWith(tailB) || tailB.endsWith(tailA));
}

const fixedHead = (pattern: string): string => pattern.slice(0, pattern.search(WILD));
const fixedTail = (pattern: string): string => /[^*?{}]*$/.exec(pattern)?.[0] ?? '';

/** Whether a name fits a pattern; goes back to the last star only, so the time is bounded by the product of lengths. */
function fits(pattern: string, name: string): boolean {
  const parts = pattern.replaceAll(/\{[^}]*\}?/g, '*');
  let [at, from, star, resume] = [0, 0, -1, 0];
  while (from < name.length) {
    if (parts[at] === '*') [star, resume, at] = [at, from, at + 1];
    else if (at < parts.length && (parts[at] === '?' || parts[at] === name[from]))
      [at, from] = [at + 1, from + 1];
    else if (star >= 0) [at, from, resume] = [star + 1, resume + 1, resume + 1];
    else return false;
  }
  return parts.slice(at).replaceAll('*', '') === '';
}
