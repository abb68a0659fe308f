import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sha } from '../../domain/ids.ts';
import { git, streamGit } from '../git.ts';
import { BOUNDS } from './bounds.ts';
import { recordsOf } from './records.ts';

/** What a commit changed; null: more files than count. */
export type Changed = readonly string[] | null;

export interface Commits {
  /** Newest first, without merges. */
  readonly changed: ReadonlyMap<string, Changed>;
  readonly gaps: readonly string[];
}

/**
 * What the newest commits changed. Only commits that are not `known` are read; which ones count is asked of git each
 * time, so that a rewritten history or an old branch that was merged is like a fresh look.
 */
export async function readCommits(
  gitDir: string,
  commit: Sha,
  known: ReadonlyMap<string, Changed>,
): Promise<Commits> {
  const cut = await shallowEnds(gitDir);
  const args = ['rev-list', '--no-merges', `--max-count=${BOUNDS.commits}`, commit];
  const newest = (await git({ gitDir, args, timeoutMs: TIMEOUT_MS })).split('\n').filter(Boolean);
  const whole = newest.filter((one) => !cut.has(one));
  const read = await changesOf(
    gitDir,
    whole.filter((one) => !known.has(one)),
  );
  const changed = whole.map((one): [string, Changed] => {
    const found = known.has(one) ? known.get(one) : read.get(one);
    // Git says nothing of a commit that changed nothing.
    return [one, found === undefined ? [] : found];
  });
  return { changed: new Map(changed), gaps: cut.size === 0 ? [] : [SHALLOW] };
}

const TIMEOUT_MS = 10 * 60_000;
const SHALLOW = 'the history ends early: it was cloned without its older commits';

/** Commits whose parents are not here: compared with nothing, they would seem to change every file. */
async function shallowEnds(gitDir: string): Promise<ReadonlySet<string>> {
  const text = await readFile(join(gitDir, 'shallow'), 'utf8').catch(() => '');
  return new Set(text.split('\n').filter(Boolean));
}

async function changesOf(gitDir: string, commits: readonly string[]): Promise<Map<string, Changed>> {
  const changed = new Map<string, Changed>();
  if (commits.length === 0) return changed;
  const args = ['diff-tree', '--stdin', '-r', '--root', '--no-renames', '--name-status', '-z'];
  const input = `${commits.join('\n')}\n`;
  const reading = new Reading(changed);
  for await (const records of recordsOf(streamGit({ gitDir, args, input, timeoutMs: TIMEOUT_MS })))
    for (const record of records) reading.take(record);
  return changed;
}

/** `<commit>` and then `<status>`, `<path>` for each file: a path may look like a commit, a status cannot. */
class Reading {
  private readonly changed: Map<string, Changed>;
  private commit = '';
  private paths: string[] = [];
  private isPath = false;

  constructor(changed: Map<string, Changed>) {
    this.changed = changed;
  }

  take(record: string): void {
    if (this.isPath) this.add(record);
    else if (record.length > 4) this.begin(record);
    this.isPath = !this.isPath && record.length <= 4;
  }

  private begin(commit: string): void {
    this.commit = commit;
    this.paths = [];
    this.changed.set(commit, this.paths);
  }

  private add(path: string): void {
    if (this.paths.length < BOUNDS.filesOfCommit) this.paths.push(path);
    else this.changed.set(this.commit, null);
  }
}
