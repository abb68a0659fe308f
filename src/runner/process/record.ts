import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { readText } from '../git/files.ts';
import { startTimeOf } from './table.ts';
import { endTree, type TreeTarget } from './tree.ts';

/** Which process runs in a worktree, so that the next server can end it if this one dies. */
export interface ProcessRecord {
  readonly pid: number;
  readonly startTime: string | null;
}

/** Synchronous, right after the spawn: the time in which a crash leaves no record is as short as it can be. */
export function writeRecord(path: string, record: ProcessRecord): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(record));
}

export const removeRecord = (path: string): void => rmSync(path, { force: true });

/** Ends what a recorded process and its marker have left running. Answers how many processes there were. */
export async function endRecorded(
  path: string,
  marker: TreeTarget['marker'],
  killAfterMs: number,
): Promise<number> {
  const ended = await endTree({ root: await runningRoot(path), marker }, killAfterMs);
  removeRecord(path);
  return ended;
}

/** All records below the directory of worktrees. */
export async function findRecords(worktrees: string): Promise<readonly string[]> {
  const repositories = await readdir(worktrees).catch(() => []);
  const lists = await Promise.all(
    repositories.map(async (repository) => {
      const names = await readdir(join(worktrees, repository)).catch(() => []);
      return names
        .filter((name) => name.endsWith('.process.json'))
        .map((name) => join(worktrees, repository, name));
    }),
  );
  return lists.flat();
}

/** The recorded process, if it is the same one that runs under this number now. */
async function runningRoot(path: string): Promise<ProcessRecord | null> {
  const record = parse(await readText(path));
  if (record === null || record.startTime === null) return null;
  return startTimeOf(record.pid) === record.startTime ? record : null;
}

function parse(text: string | null): ProcessRecord | null {
  try {
    const value: unknown = JSON.parse(text ?? 'null');
    if (typeof value !== 'object' || value === null || !('pid' in value) || !('startTime' in value))
      return null;
    const { pid, startTime } = value;
    return typeof pid === 'number' && typeof startTime === 'string' ? { pid, startTime } : null;
  } catch {
    return null;
  }
}
