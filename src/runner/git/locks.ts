/*
 * A git process that was killed leaves its lock files, and every later one then refuses. But a lock may also be held by
 * somebody who is alive. Locks of one worktree are removed once all processes of its attempt have been ended; locks of
 * the mirror only when no process that could hold one is left.
 */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../../domain/errors.ts';
import { GIT_MARKER, TASK_MARKER } from '../markers.ts';
import type { TaskPlace } from '../paths.ts';
import { listProcesses, nameOf, type ProcessInfo, variableOf } from '../process/table.ts';

/** Git's own race between `worktree add` and everything else, and locks that somebody holds for a moment. */
const PASSING = /failed to read \S*commondir|\.lock': File exists|cannot lock ref|could not lock config/i;
const PAUSES_MS = [20, 50, 100, 200, 400, 800, 1_600];

/** Does the work again while git fails by a race of its own, or by a lock that its owner has left; else it throws. */
export async function retryRaces<Result>(work: () => Promise<Result>): Promise<Result> {
  let stuck = '';
  for (const pause of PAUSES_MS) {
    try {
      return await work();
    } catch (error) {
      stuck = messageOf(error);
      if (!PASSING.test(stuck)) throw error;
      await sleep(pause);
    }
  }
  await removeAbandoned(stuck);
  return await work();
}

/** Removes the lock that git names, if no git process that works for this mirror is alive (only Linux can tell). */
async function removeAbandoned(message: string): Promise<void> {
  const [, lock, data, repository] =
    /'((\/.+)\/runner\/(\d+)\/mirror\.git\/.+\.lock)': File exists/.exec(message) ?? [];
  if (lock === undefined || data === undefined || process.platform !== 'linux') return;
  const mirror = join(data, 'runner', `${repository}`, 'mirror.git');
  const homes = join(data, 'homes', `${repository}`);
  const holds = ({ pid }: ProcessInfo) =>
    /^git/.test(nameOf(pid) ?? '') &&
    ((variableOf(pid, GIT_MARKER) ?? '').startsWith(mirror) ||
      (variableOf(pid, TASK_MARKER) ?? '').startsWith(homes));
  if (!listProcesses().some(holds)) await rm(lock, { force: true });
}

/** Removes the lock files of one worktree and its branch. Only when nothing of its attempt runs any more. */
export async function sweepWorktreeLocks(place: TaskPlace, branch: string): Promise<void> {
  await sweep(place.admin, false);
  await rm(`${place.index}.lock`, { force: true });
  await rm(join(place.mirror, 'refs', 'heads', `${branch}.lock`), { force: true });
}

/** Removes all lock files of a mirror. Only when no git process of anybody can be at work in it. */
export async function sweepMirrorLocks(mirror: string): Promise<void> {
  await sweep(mirror, false);
  await sweep(join(mirror, 'refs'), true);
  await sweep(join(mirror, 'worktrees'), true);
  await sweep(join(mirror, 'objects', 'info'), true);
  await sweepHalfPacks(join(mirror, 'objects', 'pack'));
}

/** What a killed fetch had unpacked so far; as large as the repository, and nobody else's to remove. */
async function sweepHalfPacks(packs: string): Promise<void> {
  const names = (await readdir(packs).catch(() => [])).filter((name) => name.startsWith('tmp_'));
  await Promise.all(names.map((name) => rm(join(packs, name), { force: true })));
}

async function sweep(directory: string, deep: boolean): Promise<void> {
  const names = await readdir(directory, { recursive: deep }).catch(() => []);
  const locks = names.filter((name) => name.endsWith('.lock'));
  await Promise.all(locks.map((name) => rm(join(directory, name), { force: true })));
}
