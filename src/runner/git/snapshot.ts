import { join } from 'node:path';
import { type Sha, sha } from '../../domain/ids.ts';
import { AttemptFailed } from '../failure.ts';
import type { TaskPlace } from '../paths.ts';
import { directoriesOf } from './clean.ts';
import { entryOf } from './files.ts';
import { git } from './git.ts';
import { trusted } from './worktree.ts';

/**
 * The tree of all files in the worktree that are not ignored. Commits, index and branches of the agent do not matter.
 * Throws {@link AttemptFailed} where a repository lies inside: git would take it for a submodule and run its settings.
 */
export async function snapshot(place: TaskPlace, start: Sha): Promise<Sha> {
  await stageAll(place, start);
  return sha((await git(trusted(place), ['write-tree'])).trim());
}

/** Every path in which the files that a snapshot would take differ from the commit. Throws as {@link snapshot} does. */
export async function uncommittedPaths(place: TaskPlace, commit: Sha): Promise<readonly string[]> {
  await stageAll(place, commit);
  const flags = ['--cached', '-z', '--name-only', '--no-renames', '--ignore-submodules=none'];
  const out = await git(trusted(place), ['diff-index', ...flags, commit, '--']);
  return out.split('\0').filter((path) => path !== '');
}

async function stageAll(place: TaskPlace, start: Sha): Promise<void> {
  // Without the index that the checkout left, every file is read anew; the result is the same.
  if ((await entryOf(place.index)) === null) await git(trusted(place), ['read-tree', start]);
  await refuseNested(place);
  await git(trusted(place), ['add', '--all']);
}

async function refuseNested(place: TaskPlace): Promise<void> {
  const args = ['ls-files', '-z', '-t', '--cached', '--stage', '--others', '--exclude-standard'];
  const entries = (await git(trusted(place), args)).split('\0').filter((line) => line !== '');
  const inside = directoriesOf(entries.map(pathOf)).filter((directory) => directory !== '');
  const found = await Promise.all(
    inside.map((directory) => entryOf(join(place.worktree, directory, '.git'))),
  );
  const nested = inside.filter((_, index) => found[index] !== null);
  if (nested.length > 0) throw new AttemptFailed('setup', nestedText(nested));
}

/**
 * The path in a line of ls-files: `? path` (a repository ends in `/`) or `H mode name stage<TAB>path`. A submodule's path
 * gets a `/` too, so that both count as directories.
 */
function pathOf(line: string): string {
  if (line.startsWith('? ')) return line.slice(2);
  const path = line.slice(line.indexOf('\t') + 1);
  return line.startsWith('H 160000 ') ? `${path}/` : path;
}

const nestedText = (nested: readonly string[]): string =>
  `The worktree has git repositories inside (${nested.slice(0, 5).join(', ')}): submodules and nested repositories ` +
  'cannot be committed. Remove their .git, or ignore the directory.';
