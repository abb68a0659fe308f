import type { CommitRange } from './history.ts';
import { git } from './run.ts';

/** The paths that one commit touched. */
export interface ChangedPaths {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly modified: readonly string[];
}

export const noPaths: ChangedPaths = { added: [], removed: [], modified: [] };

/** What each commit of a range changed against its first parent, by SHA. */
export async function changedPaths(
  repository: string,
  { head, base, limit }: CommitRange,
): Promise<ReadonlyMap<string, ChangedPaths>> {
  const out = await git(repository, [
    'log',
    '-z',
    '--topo-order',
    '--diff-merges=first-parent',
    '--name-status',
    '--no-renames',
    '--format=%x01%H',
    ...(limit === undefined ? [] : [`--max-count=${limit}`]),
    '--end-of-options',
    head,
    ...(base === undefined ? [] : [`^${base}`]),
  ]);
  return new Map(out.split('\x01').slice(1).map(pathsOf));
}

/** `<sha>NUL`, then after a line feed pairs of status and path, each ended by NUL. */
function pathsOf(record: string): [string, ChangedPaths] {
  const [sha = '', ...parts] = record.split('\0');
  const pairs = parts.map((part, index) => ({ status: part.trim(), path: parts[index + 1] ?? '' }));
  const every = (letters: RegExp) =>
    pairs.filter(({ status }, index) => index % 2 === 0 && letters.test(status)).map(({ path }) => path);
  return [sha, { added: every(/^A$/), removed: every(/^D$/), modified: every(/^[MT]$/) }];
}
