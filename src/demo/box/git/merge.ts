import { commitTree, type Signature } from './commit.ts';
import { type Commit, listCommits } from './history.ts';
import { gitResult } from './run.ts';

/** The tree of a clean merge, or the paths that conflict. */
export type MergeResult =
  | { readonly clean: true; readonly tree: string }
  | { readonly clean: false; readonly conflicts: readonly string[] };

export interface MergeSides {
  /** The SHA that is merged into. */
  readonly base: string;
  /** The SHA that is merged. */
  readonly head: string;
}

export interface MergeWords {
  readonly message: string;
  readonly author: Signature;
  readonly committer: Signature;
}

/** Merges two commits without any worktree. Nothing is written but the merged tree. */
export async function mergeTrees(repository: string, { base, head }: MergeSides): Promise<MergeResult> {
  const args = ['merge-tree', '--write-tree', '--name-only', '--no-messages', '-z', base, head];
  const { exitCode, stdout, stderr } = await gitResult(repository, args);
  const [tree = '', ...conflicts] = stdout.split('\0').filter((part) => part !== '');
  if (exitCode === 0) return { clean: true, tree };
  if (exitCode === 1) return { clean: false, conflicts };
  throw new Error(`git merge-tree ${base} ${head} exited with ${exitCode}: ${stderr}`);
}

/** A merge commit with both as parents; undefined on a conflict. */
export async function mergeCommit(
  repository: string,
  sides: MergeSides,
  words: MergeWords,
): Promise<string | undefined> {
  return await commitMerged(repository, sides, { ...words, parents: [sides.base, sides.head] });
}

/** One commit on the base with everything that the head did; undefined on a conflict. */
export async function squashCommit(
  repository: string,
  sides: MergeSides,
  words: MergeWords,
): Promise<string | undefined> {
  return await commitMerged(repository, sides, { ...words, parents: [sides.base] });
}

async function commitMerged(
  repository: string,
  sides: MergeSides,
  words: MergeWords & { readonly parents: readonly string[] },
): Promise<string | undefined> {
  const merged = await mergeTrees(repository, sides);
  return merged.clean ? await commitTree(repository, { tree: merged.tree, ...words }) : undefined;
}

/**
 * The head's own commits once more on top of the base, each with its author and message; the last one's SHA, or
 * undefined on a conflict. Merge commits of the head are left out, as `git rebase` leaves them out.
 */
export async function rebaseCommits(
  repository: string,
  sides: MergeSides,
  committer: Signature,
): Promise<string | undefined> {
  const own = await listCommits(repository, { head: sides.head, base: sides.base, oldestFirst: true });
  let tip: string | undefined = sides.base;
  for (const commit of own.filter(({ parents }) => parents.length < 2)) {
    if (tip !== undefined) tip = await pickCommit(repository, { commit, onto: tip, committer });
  }
  return tip;
}

interface Pick {
  readonly commit: Commit;
  readonly onto: string;
  readonly committer: Signature;
}

/**
 * A cherry-pick is a merge whose base is the picked commit's parent. Git 2.39 cannot be told the merge base, so a
 * helper commit with the target's tree is hung below that parent: the two then have it as their merge base.
 */
async function pickCommit(
  repository: string,
  { commit, onto, committer }: Pick,
): Promise<string | undefined> {
  const words = { message: commit.message, author: commit.author, committer };
  const tree = `${onto}^{tree}`;
  const ours = await commitTree(repository, { tree, parents: commit.parents, ...words });
  const picked = await mergeTrees(repository, { base: ours, head: commit.sha });
  if (!picked.clean) return undefined;
  return await commitTree(repository, { tree: picked.tree, parents: [onto], ...words });
}
