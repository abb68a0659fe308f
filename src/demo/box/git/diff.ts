import { git } from './run.ts';

export type FileStatus = 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed';

/** What happened to one file between two trees. */
export interface FileDiff {
  readonly path: string;
  readonly previousPath: string | undefined;
  readonly status: FileStatus;
  /** The blob after the change, or before it for a removed file. */
  readonly sha: string;
  readonly additions: number;
  readonly deletions: number;
  /** From the first `@@` on; undefined for a binary file and a mere change of name or mode. */
  readonly patch: string | undefined;
}

/** Two commits to compare as they are; use the merge base as `from` to see what a branch did. */
export interface DiffSides {
  readonly from: string;
  readonly to: string;
}

const rename = ['-M', '--no-ext-diff', '--no-color', '--full-index'];

/** The empty tree: what the first commit of a history is compared to. */
export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** The files that differ, in the order of their paths. */
export async function diffFiles(repository: string, { from, to }: DiffSides): Promise<readonly FileDiff[]> {
  const raw = await git(repository, ['diff', ...rename, '--raw', '--no-abbrev', '-z', from, to]);
  const numbers = await diffCounts(repository, { from, to });
  const patches = patchesOf(await diffText(repository, { from, to }));
  return rawChanges(raw).map((change, index) => ({
    ...change,
    additions: numbers[index]?.additions ?? 0,
    deletions: numbers[index]?.deletions ?? 0,
    patch: patches[index],
  }));
}

/** How many lines each file that differs gained and lost. */
export async function diffCounts(
  repository: string,
  { from, to }: DiffSides,
): Promise<readonly Pick<FileDiff, 'additions' | 'deletions'>[]> {
  return countsOf(await git(repository, ['diff', ...rename, '--numstat', '-z', from, to]));
}

/** The patch of two commits as text. */
export async function diffText(repository: string, { from, to }: DiffSides): Promise<string> {
  return await git(repository, ['diff', ...rename, from, to]);
}

const statuses: Readonly<Record<string, FileStatus>> = {
  A: 'added',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  C: 'copied',
  T: 'changed',
};

type RawChange = Pick<FileDiff, 'path' | 'previousPath' | 'status' | 'sha'>;

function rawChanges(raw: string): readonly RawChange[] {
  const parts = raw.split('\0');
  const changes: RawChange[] = [];
  for (let at = 0; parts[at]?.startsWith(':'); ) {
    const [, , before = '', after = '', letter = 'M'] = (parts[at] ?? '').split(' ');
    const moved = /^[RC]/.test(letter);
    const status = statuses[letter.charAt(0)] ?? 'changed';
    const path = parts[at + (moved ? 2 : 1)] ?? '';
    const previousPath = moved ? parts[at + 1] : undefined;
    changes.push({ path, previousPath, status, sha: status === 'removed' ? before : after });
    at += moved ? 3 : 2;
  }
  return changes;
}

function countsOf(numstat: string): readonly { additions: number; deletions: number }[] {
  return numstat
    .split('\0')
    .map((part) => /^(\d+|-)\t(\d+|-)\t/.exec(part))
    .filter((match) => match !== null)
    .map(([, added, deleted]) => ({ additions: Number(added) || 0, deletions: Number(deleted) || 0 }));
}

/** Content lines of a patch start with a space, a sign or a backslash, so this prefix only starts files. */
function patchesOf(text: string): readonly (string | undefined)[] {
  return text
    .split(/^(?=diff --git )/m)
    .filter((file) => file !== '')
    .map((file) => {
      const start = file.search(/^@@ /m);
      return start === -1 ? undefined : file.slice(start).replace(/\n$/, '');
    });
}
