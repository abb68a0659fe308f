import { join } from 'node:path';
import { type Sha, sha } from '../../domain/ids.ts';
import { AttemptFailed } from '../failure.ts';
import type { TaskPlace } from '../paths.ts';
import { directoriesOf } from './clean.ts';
import { entryOf, filterInTurns, stands } from './files.ts';
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

/**
 * Puts all files that are not ignored into the runner's index. Answers the paths that were not as the index had them; a
 * few of them may come to the same (only other line ends). Throws as {@link snapshot} does.
 */
export async function stageAll(place: TaskPlace, start: Sha): Promise<readonly string[]> {
  await ensureIndex(place, start);
  const touched = await lookOver(place);
  if (touched.length > 0) await git(trusted(place), ['add', '--all']);
  return touched;
}

/** Every path in which the runner's index differs from the commit. */
export async function stagedPaths(place: TaskPlace, commit: Sha): Promise<readonly string[]> {
  const flags = ['--cached', '-z', '--name-only', '--no-renames', '--ignore-submodules=none'];
  const out = await git(trusted(place), ['diff-index', ...flags, commit, '--']);
  return out.split('\0').filter((path) => path !== '');
}

/** Every path in which the files, or the index, differ from the commit. Stages nothing; throws as {@link snapshot} does. */
export async function uncommittedPaths(place: TaskPlace, commit: Sha): Promise<readonly string[]> {
  await ensureIndex(place, commit);
  const [touched, staged] = await Promise.all([lookOver(place), stagedPaths(place, commit)]);
  return [...new Set([...touched, ...staged])];
}

/** Without the index that the checkout left, every file is read anew; the result is the same. */
async function ensureIndex(place: TaskPlace, start: Sha): Promise<void> {
  if ((await entryOf(place.index)) === null) await git(trusted(place), ['read-tree', start]);
}

/** Answers which files differ from the runner's index, ignored ones left out. Throws as {@link snapshot} does. */
async function lookOver(place: TaskPlace): Promise<readonly string[]> {
  const shown = ['--cached', '--stage', '--modified', '--deleted', '--others'];
  const out = await git(trusted(place), ['ls-files', '-z', '-t', ...shown, '--exclude-standard']);
  const lines = out.split('\0').filter((line) => line !== '');
  await refuseNested(place, lines);
  return [...new Set(lines.filter((line) => TOUCHED.test(line)).map(pathOf))].sort();
}

/** Marks of ls-files: changed, removed, not in the index. */
const TOUCHED = /^[CR?] /;

async function refuseNested(place: TaskPlace, entries: readonly string[]): Promise<void> {
  const inside = directoriesOf(entries.map(pathOf)).filter((directory) => directory !== '');
  const nested = await filterInTurns(inside, (directory) => stands(join(place.worktree, directory, '.git')));
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
