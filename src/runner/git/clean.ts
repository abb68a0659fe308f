/*
 * `git clean` obeys every ignore file that lies in the worktree, also one that a failed attempt has left: with a `*` in it
 * the next attempt's files would be invisible, and lost. So ignore files that are not in the commit go first.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { TaskPlace } from '../paths.ts';
import { type GitPlace, git } from './git.ts';

/** Removes what is neither in the index nor ignored by the commit's own rules. */
export async function cleanWorktree(place: TaskPlace): Promise<void> {
  const own: GitPlace = { gitDir: place.admin, workTree: place.worktree, index: place.index };
  const tracked = new Set(await list(own, []));
  const foreign = directoriesOf(tracked)
    .map((directory) => join(directory, '.gitignore'))
    .filter((path) => !tracked.has(path));
  await removeAll(place, foreign);
  await removeAll(place, await list(own, ['--others', '--directory', '--exclude-standard']));
}

async function list(own: GitPlace, flags: readonly string[]): Promise<readonly string[]> {
  const out = await git(own, ['ls-files', '-z', ...flags]);
  return out.split('\0').filter((path) => path !== '');
}

/** All directories above the paths, the root (as an empty text) included. */
export function directoriesOf(paths: Iterable<string>): readonly string[] {
  const found = new Set(['']);
  for (const path of paths) {
    for (let end = path.lastIndexOf('/'); end > 0; end = path.lastIndexOf('/', end - 1)) {
      const directory = path.slice(0, end);
      if (found.has(directory)) break;
      found.add(directory);
    }
  }
  return [...found];
}

const removeAll = (place: TaskPlace, paths: readonly string[]): Promise<unknown> =>
  Promise.all(paths.map((path) => rm(join(place.worktree, path), { recursive: true, force: true })));
