import { lstatSync } from 'node:fs';
import { lstat, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setImmediate as others } from 'node:timers/promises';
import { execa } from 'execa';

/** The text of a file; null: there is none. */
export async function readText(path: string): Promise<string | null> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Writes a file whole or not at all, also where a link or something else stands in its place. */
export async function replaceFile(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  await rm(draft, { recursive: true, force: true });
  await writeFile(draft, text, { flag: 'wx' });
  if (await isDirectory(path)) await rm(path, { recursive: true, force: true });
  await rename(draft, path);
}

/**
 * Removes a directory with everything in it. `rm` does it in half of the time and beside this thread: a checkout may have
 * a hundred thousand files.
 */
export async function removeTree(path: string): Promise<void> {
  const quiet = {
    reject: false,
    stdio: 'ignore',
    extendEnv: false,
    env: { PATH: process.env.PATH },
  } as const;
  if (await isDirectory(path)) await execa('rm', ['-rf', '--', path], quiet);
  await rm(path, { recursive: true, force: true, maxRetries: 3 });
}

/** Makes the file a plain one with this text, if it is not one already. */
export async function ensureFile(path: string, text: string): Promise<void> {
  if ((await isPlainFile(path)) && (await readText(path)) === text) return;
  await replaceFile(path, text);
}

/** Whether the path itself, no link, is a directory. */
export const isDirectory = async (path: string): Promise<boolean> =>
  (await entryOf(path))?.isDirectory() ?? false;

const isPlainFile = async (path: string): Promise<boolean> => (await entryOf(path))?.isFile() ?? false;

/** What stands at the path, links not followed; null: nothing. */
export async function entryOf(path: string) {
  try {
    return await lstat(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/**
 * Whether anything stands at the path. Synchronous: where there is nothing, as at most places, a promise costs a hundred
 * times as much, by the error that it is rejected with.
 */
export function stands(path: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (error) {
    if (isMissing(error)) return false;
    throw error;
  }
}

const AT_A_TIME = 200;

/** The items that pass; lets others have their turn now and then, as a repository may have a hundred thousand of them. */
export async function filterInTurns<Item>(
  items: readonly Item[],
  passes: (item: Item) => boolean,
): Promise<readonly Item[]> {
  const found: Item[] = [];
  for (let at = 0; at < items.length; at += AT_A_TIME) {
    if (at > 0) await others();
    found.push(...items.slice(at, at + AT_A_TIME).filter(passes));
  }
  return found;
}

function isMissing(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  return error.code === 'ENOENT' || error.code === 'ENOTDIR';
}
