/*
 * A git process that was killed leaves its lock files, and every later one then refuses to work. The mirror belongs to
 * this server alone, and its git processes take turns; but one of a server that was killed may still be at work. It
 * holds a lock for a moment only: a lock that is old belongs to nobody.
 */
import { readdir, rm, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { GitFailed } from './git.ts';

const STALE_MS = 10_000;

/** Longer than any fetch may take. */
const HALF_PACK_MS = 60 * 60_000;
const PAUSES_MS = [50, 200, 1_000, 3_000, 8_000];
const LOCKED = /\.lock': File exists|cannot lock ref .*Unable to create/s;

/** Does the work; where a lock is in the way, waits for its holder, or removes it once nobody can hold it any more. */
export async function throughLocks<T>(gitDir: string, work: () => Promise<T>): Promise<T> {
  for (const pause of PAUSES_MS) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof GitFailed) || !LOCKED.test(error.message)) throw error;
    }
    await removeStaleLocks(gitDir);
    await sleep(pause);
  }
  return await work();
}

/** Removes lock files that have stood for longer than any git process of ours holds one. */
export async function removeStaleLocks(gitDir: string): Promise<void> {
  const files = [...(await filesIn(gitDir, false)), ...(await filesIn(join(gitDir, 'refs'), true))];
  const locks = files.filter((file) => file.endsWith('.lock'));
  await Promise.all(locks.map((file) => removeIfOlder(file, STALE_MS)));
}

/** Removes what a fetch that was killed had unpacked so far: it may be as large as the repository. */
export async function removeHalfPacks(gitDir: string): Promise<void> {
  const files = await filesIn(join(gitDir, 'objects', 'pack'), false);
  const halves = files.filter((file) => basename(file).startsWith('tmp_'));
  await Promise.all(halves.map((file) => removeIfOlder(file, HALF_PACK_MS)));
}

async function removeIfOlder(file: string, ageMs: number): Promise<void> {
  const age = Date.now() - ((await stat(file).catch(() => null))?.mtimeMs ?? Date.now());
  if (age > ageMs) await rm(file, { force: true });
}

async function filesIn(directory: string, recursive: boolean): Promise<readonly string[]> {
  const names = await readdir(directory, { recursive }).catch(() => []);
  return names.map((name) => join(directory, name));
}
