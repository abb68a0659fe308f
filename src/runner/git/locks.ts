/*
 * A git process that was killed leaves its lock files, and every later one then refuses. But a lock may also be held by
 * somebody who is alive. Locks of one worktree are removed once all processes of its attempt have been ended; locks of
 * the mirror only when no process that could hold one is left.
 */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../domain/errors.ts';

/** Git's own race between `worktree add` and everything else, and locks that somebody holds for a moment. */
const PASSING = /failed to read \S*commondir|\.lock': File exists|cannot lock ref|could not lock config/i;
const PAUSES_MS = [20, 50, 100, 200, 400, 800, 1_600];

/** Does the work again while git fails by a race of its own; the last failure stands. */
export async function retryRaces<Result>(work: () => Promise<Result>): Promise<Result> {
  for (const pause of PAUSES_MS) {
    try {
      return await work();
    } catch (error) {
      if (!PASSING.test(messageOf(error))) throw error;
      await sleep(pause);
    }
  }
  return await work();
}

/** Removes the lock files of one worktree. Only when nothing of its attempt runs any more. */
export const sweepWorktreeLocks = (admin: string): Promise<void> => sweep(admin, false);

/** Removes all lock files of a mirror. Only when no git process of anybody can be at work in it. */
export async function sweepMirrorLocks(mirror: string): Promise<void> {
  await sweep(mirror, false);
  await sweep(join(mirror, 'refs'), true);
  await sweep(join(mirror, 'worktrees'), true);
  await sweep(join(mirror, 'objects', 'info'), true);
}

async function sweep(directory: string, deep: boolean): Promise<void> {
  const names = await readdir(directory, { recursive: deep }).catch(() => []);
  const locks = names.filter((name) => name.endsWith('.lock'));
  await Promise.all(locks.map((name) => rm(join(directory, name), { force: true })));
}
