import { join } from 'node:path';
import { type Sha, sha } from '../../domain/ids.ts';
import { AttemptFailed } from '../failure.ts';
import type { TaskPlace } from '../paths.ts';
import { entryOf } from './files.ts';
import { git } from './git.ts';
import { trusted } from './worktree.ts';

/**
 * The tree of all files in the worktree that are not ignored. Commits, index and branches of the agent do not matter.
 * Throws {@link AttemptFailed} where a repository lies inside: git would take it for a submodule and run its settings.
 */
export async function snapshot(place: TaskPlace, start: Sha): Promise<Sha> {
  // Without the index that the checkout left, every file is read anew; the result is the same.
  if ((await entryOf(place.index)) === null) await git(trusted(place), ['read-tree', start]);
  await refuseNested(place);
  await git(trusted(place), ['add', '--all']);
  return sha((await git(trusted(place), ['write-tree'])).trim());
}

async function refuseNested(place: TaskPlace): Promise<void> {
  const args = ['ls-files', '-z', '-t', '--cached', '--stage', '--others', '--exclude-standard'];
  const entries = (await git(trusted(place), args)).split('\0').filter((line) => line !== '');
  const directories = new Set(entries.flatMap(directoriesOf));
  const nested = [];
  for (const directory of directories) {
    if ((await entryOf(join(place.worktree, directory, '.git'))) !== null) nested.push(directory);
  }
  if (nested.length > 0) throw new AttemptFailed('setup', nestedText(nested));
}

/**
 * Directories in which a repository of its own could lie, for one line of ls-files: `? path` (with a `/` at its end for a
 * repository) or `H mode name stage<TAB>path`.
 */
function directoriesOf(line: string): readonly string[] {
  const path = line.startsWith('? ') ? line.slice(2) : line.slice(line.indexOf('\t') + 1);
  const isLink = line.startsWith('H 160000 ');
  const parts = path.split('/').slice(0, isLink ? undefined : -1);
  return parts.map((_part, index) => parts.slice(0, index + 1).join('/'));
}

const nestedText = (nested: readonly string[]): string =>
  `The worktree has git repositories inside (${nested.slice(0, 5).join(', ')}): submodules and nested repositories ` +
  'cannot be committed. Remove their .git, or ignore the directory.';
