import { diffCounts } from '../git/diff.ts';
import { listCommits, mergeBase } from '../git/history.ts';
import type { MergeSides } from '../git/merge.ts';
import type { PullSize } from '../pull.ts';

/** How much a head changes compared with where it left the base. */
export async function measure(directory: string, { base, head }: MergeSides): Promise<PullSize> {
  const from = (await mergeBase(directory, base, head)) ?? base;
  const [commits, files] = await Promise.all([
    listCommits(directory, { head, base }),
    diffCounts(directory, { from, to: head }),
  ]);
  return {
    commits: commits.length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changedFiles: files.length,
  };
}
