import type { Sha } from '../../domain/ids.ts';
import { streamGit } from '../git.ts';
import { pathFault } from '../paths.ts';
import { BOUNDS } from './bounds.ts';
import { recordsOf } from './records.ts';

/** The tracked files of one commit. */
export interface Tree {
  /** By path, sorted. */
  readonly files: ReadonlyMap<string, TreeFile>;
  readonly gaps: readonly string[];
}

export interface TreeFile {
  readonly blob: string;
  readonly bytes: number;
  /** A symbolic link is a file whose text is no source. */
  readonly isLink: boolean;
}

/** Submodules are no files; names that could not be checked out, or are not UTF-8, are left out. */
export async function readTree(gitDir: string, commit: Sha): Promise<Tree> {
  const args = ['ls-tree', '-r', '-z', '-l', '--full-tree', commit];
  const found: [string, TreeFile][] = [];
  let odd = 0;
  let more = 0;
  for await (const records of recordsOf(streamGit({ gitDir, args, timeoutMs: TIMEOUT_MS }))) {
    for (const record of records) {
      const entry = entryOf(record);
      if (entry === null) continue;
      if (pathFault(entry[0]) !== null) odd += 1;
      else if (found.length >= BOUNDS.files) more += 1;
      else found.push(entry);
    }
  }
  found.sort(([a], [b]) => (a < b ? -1 : 1));
  return { files: new Map(found), gaps: [...gapOf(odd, ODD), ...gapOf(more, MORE)] };
}

const TIMEOUT_MS = 5 * 60_000;
const LINK = '120000';
const ODD = 'have names that no checkout should make; they are left out';
const MORE = `lie past the first ${BOUNDS.files}; they are left out`;

const gapOf = (count: number, what: string): readonly string[] =>
  count === 0 ? [] : [`${count} ${count === 1 ? 'file' : 'files'}: ${what}`];

/** `<mode> <type> <object> <bytes>\t<path>`; null for submodules. */
function entryOf(record: string): [string, TreeFile] | null {
  const tab = record.indexOf('\t');
  const [mode = '', type, blob = '', bytes] = record.slice(0, tab).split(/ +/);
  if (tab < 0 || type !== 'blob') return null;
  return [record.slice(tab + 1), { blob, bytes: Number(bytes), isLink: mode === LINK }];
}
