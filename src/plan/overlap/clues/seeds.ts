import { pathMatches } from '../../conflicts.ts';
import { pathNamed } from '../../path-form.ts';
import { type CodeIndex, nameOf, stemOf } from '../code-index.ts';
import type { IssueWords } from '../issue-words.ts';
import { COMPOUND_NAME, PLAIN_NAME, SUFFIX } from '../sources.ts';

/** A file from which others are reached: how sure it is that the task changes it, and the words that point at it. */
export interface Seed {
  readonly path: string;
  readonly quote: string;
  readonly confidence: number;
}

/** The tracked files that an issue points at: those that it names, and those that an identifier stands for. */
export interface Seeds {
  readonly named: readonly Seed[];
  readonly guessed: readonly Seed[];
}

/** A directory or glob with more files than this says too little about each of them. */
const MOST_FILES = 5;

/** Linear in the words and in what lies below a named directory, of which little is looked at. */
export function seedsOf(words: IssueWords, index: CodeIndex): Seeds {
  const named = words.named.flatMap(({ key, quote }) => namedFiles(key, quote, index));
  const certain = new Set(named.map(({ path }) => path));
  const paths = words.named.flatMap(({ key, quote }) => suffixed(key, quote, index));
  const names = words.codes.flatMap((code) => identified(code, index));
  return { named, guessed: [...paths, ...names].filter(({ path }) => !certain.has(path)) };
}

function namedFiles(key: string, quote: string, index: CodeIndex): readonly Seed[] {
  if (index.files.has(key)) return [{ path: key, quote, confidence: 1 }];
  const files = filesBelow(key, index);
  return files.map((path) => ({ path, quote, confidence: 1 / files.length }));
}

/** The files of a small directory or glob; none where it is a large one. */
function filesBelow(key: string, { map }: CodeIndex): readonly string[] {
  const wild = key.search(/[*?{]/);
  const fixed = wild === -1 ? `${key}/` : key.slice(0, key.lastIndexOf('/', wild) + 1);
  if (fixed === '') return [];
  const from = firstAtOrAfter(map.files, fixed);
  const found: string[] = [];
  for (let at = from; at < from + MOST_LOOKED_AT && map.files[at]?.startsWith(fixed); at++) {
    const path = map.files[at] ?? '';
    if (wild === -1 || pathMatches(path, key)) found.push(path);
    if (found.length > MOST_FILES) return [];
  }
  return found;
}

const MOST_LOOKED_AT = 200;

/** Binary search; the paths are sorted by UTF-16 units. */
function firstAtOrAfter(sorted: readonly string[], wanted: string): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? '') < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** People write the end of a path: it counts where just one file ends so. */
function suffixed(key: string, quote: string, { files, byName }: CodeIndex): readonly Seed[] {
  if (files.has(key) || /[*?{]/.test(key)) return [];
  const found = (byName.get(nameOf(key)) ?? []).filter((path) => path.endsWith(`/${key}`));
  const [path] = found;
  return path !== undefined && found.length === 1 ? [{ path, quote, confidence: SUFFIX }] : [];
}

/** Words that are files' names in many repositories, and mean something else in a sentence. */
const COMMON = new Set(
  'main master index test tests true false null undefined none void string number boolean object array error config types utils license readme'.split(
    ' ',
  ),
);

function identified(code: string, { byStem }: CodeIndex): readonly Seed[] {
  const name = code.replace(/\(\)$/, '');
  if (!/^[\p{L}_][\p{L}\p{N}_-]{2,60}$/u.test(name) || pathNamed(code) !== null) return [];
  const stem = stemOf(name);
  const path = COMMON.has(stem) ? null : byStem.get(stem);
  if (!path) return [];
  const compound = /[\p{Ll}\p{N}]\p{Lu}|\p{L}[_-]\p{L}/u.test(name);
  return [{ path, quote: code, confidence: compound ? COMPOUND_NAME : PLAIN_NAME }];
}
