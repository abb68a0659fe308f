/*
 * `git worktree add` in one repository is not safe against itself (2 to 24 of 100 at once fail without a mutex) and not
 * against a crash in its middle. So adding takes a turn per mirror and writes no files; the checkout, which takes the
 * time, runs beside others. A worktree that is not whole is removed and added again: its work is in commits or gone.
 */
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Sha } from '../../domain/ids.ts';
import type { TaskPlace } from '../paths.ts';
import type { Turns } from '../turns.ts';
import { cleanWorktree } from './clean.ts';
import { entryOf, isDirectory, readText, removeTree } from './files.ts';
import { type GitPlace, git } from './git.ts';
import { retryRaces } from './locks.ts';
import { restoreWorktree } from './trust.ts';

/** The worktree as git is to see it in the runner's hands: explicit, with an index that the agent never had. */
export const trusted = (place: TaskPlace): GitPlace => ({
  gitDir: place.admin,
  workTree: place.worktree,
  index: place.index,
});

/** Whether worktree and admin directory are both there and belong together. */
export async function isWhole(place: TaskPlace): Promise<boolean> {
  if (!(await isDirectory(place.worktree)) || !(await isDirectory(place.admin))) return false;
  const link = await readText(join(place.admin, 'gitdir'));
  const index = await entryOf(join(place.admin, 'index'));
  return link?.trim() === join(place.worktree, '.git') && index !== null;
}

/** Adds the worktree without files, on the branch, which is set to `start`. Whatever stood there is removed. */
export async function addWorktree(request: {
  readonly place: TaskPlace;
  readonly branch: string;
  readonly start: Sha;
  readonly turns: Turns;
}): Promise<void> {
  const { place, branch, start } = request;
  const args = [
    'worktree',
    'add',
    '--quiet',
    '--no-checkout',
    '--no-track',
    '--force',
    '-B',
    branch,
    place.worktree,
    start,
  ];
  await mkdir(dirname(place.worktree), { recursive: true });
  await request.turns.take(place.mirror, () =>
    retryRaces(async () => {
      await dropWorktree(place);
      await git({ gitDir: place.mirror }, args);
    }),
  );
}

/** Removes worktree and admin directory, in an order that a crash in between leaves for {@link isWhole} to see. */
export async function dropWorktree(place: TaskPlace): Promise<void> {
  await removeTree(place.worktree);
  await rm(place.admin, { recursive: true, force: true, maxRetries: 3 });
  await rm(place.index, { force: true });
  await rm(`${place.index}.lock`, { force: true });
}

/** Moves the worktree's branch; the worktree's files stay as they are. */
export async function moveBranch(place: TaskPlace, branch: string, to: Sha): Promise<void> {
  await restoreWorktree(place, branch);
  await retryRaces(() => git({ gitDir: place.mirror }, ['update-ref', `refs/heads/${branch}`, to]));
}

/** Makes the files those of the tree. Ignored files stay: installed packages are worth keeping. */
export async function checkOut(
  place: TaskPlace,
  tree: Sha,
  options: { readonly clean: boolean },
): Promise<void> {
  await mkdir(dirname(place.index), { recursive: true });
  await git(trusted(place), ['read-tree', '--reset', '-u', '--no-recurse-submodules', tree]);
  // Afterwards: by the ignore rules of the tree, not by those that an agent may have left.
  if (options.clean) await cleanWorktree(place);
  await shareIndex(place);
}

/** Gives the agent's git the index that the runner's git has: what follows is a status without surprises. */
export async function shareIndex(place: TaskPlace): Promise<void> {
  const theirs = join(place.admin, 'index');
  await rm(theirs, { recursive: true, force: true });
  await copyFile(place.index, theirs);
}
