import type { BoxCore } from '../core.ts';
import type { Signature } from '../git/commit.ts';
import { aheadBehind } from '../git/history.ts';
import { type MergeSides, mergeCommit, rebaseCommits } from '../git/merge.ts';
import { resolveCommit, setRef } from '../git/refs.ts';
import type { PullRequest } from '../pull.ts';
import type { Repository } from '../state.ts';
import { measure } from './measure.ts';

/**
 * Whether a pull request can be merged is `null` from the moment when its head or base moved until git has tried.
 * The trial runs under the repository's lock, so it can never write an answer about refs that have moved since.
 */
export function forgetMergeability(box: BoxCore, repo: Repository, pull: PullRequest): void {
  pull.mergeable = null;
  pull.rebaseable = null;
  box.git.later(box.faults.mergeableDelayMs, () =>
    box.git.exclusive(repo, async () => {
      if (pull.mergeable === null) await computeMergeability(box, repo, pull);
    }),
  );
}

/** Tries the merge now, keeps the answer, and returns it. Only under the repository's lock. */
export async function computeMergeability(
  box: BoxCore,
  repo: Repository,
  pull: PullRequest,
): Promise<boolean> {
  if (repo.issues.get(pull.number)?.state !== 'open') return false;
  const directory = box.git.directory(repo);
  const base = await resolveCommit(directory, `refs/heads/${pull.base.ref}`);
  if (base === undefined) return false;
  const sides = { base, head: pull.head.sha };
  const testMerge = await mergeCommit(directory, sides, testWords(box, sides));
  if (testMerge !== undefined) await setRef(directory, `refs/pull/${pull.number}/merge`, testMerge);
  pull.size = await measure(directory, sides);
  pull.behind = (await aheadBehind(directory, base, pull.head.sha)).behind > 0;
  // A single commit is rebased by the very merge that was just tried.
  const isSingle = pull.size.commits === 1;
  pull.rebaseable = testMerge !== undefined && (isSingle || (await rebases(box, directory, sides)));
  pull.mergeCommitSha = testMerge ?? null;
  pull.mergeable = testMerge !== undefined;
  return pull.mergeable;
}

async function rebases(box: BoxCore, directory: string, sides: MergeSides): Promise<boolean> {
  return (await rebaseCommits(directory, sides, gitHubSignature(box))) !== undefined;
}

function testWords(box: BoxCore, { base, head }: MergeSides) {
  const github = gitHubSignature(box);
  return { message: `Merge ${head} into ${base}`, author: github, committer: github };
}

/** Who commits what is merged on the server. */
export function gitHubSignature(box: BoxCore): Signature {
  return { name: 'GitHub', email: 'noreply@github.com', date: new Date(box.clock.now()) };
}
