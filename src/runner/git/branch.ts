import { join } from 'node:path';
import { COMMIT_AUTHOR } from '../../domain/author.ts';
import { type Sha, sha } from '../../domain/ids.ts';
import { entryOf, readText, stands } from './files.ts';
import { git } from './git.ts';
import { retryRaces } from './locks.ts';

/** The local branch's commit; null: there is no such branch. */
export async function branchTip(mirror: string, branch: string): Promise<Sha | null> {
  const alone = await tipInFile(mirror, branch);
  if (alone !== undefined) return alone;
  const args = ['for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`];
  const [line = ''] = (await git({ gitDir: mirror }, args)).split('\n');
  return line === '' ? null : sha(line);
}

/** A branch in a file of its own, as git leaves those that it has just written: read without a process. Else undefined. */
async function tipInFile(mirror: string, branch: string): Promise<Sha | null | undefined> {
  const path = join(mirror, 'refs', 'heads', branch);
  const entry = await entryOf(path);
  if (entry === null) return (await entryOf(join(mirror, 'packed-refs'))) === null ? null : undefined;
  const text = entry.isFile() ? await readText(path) : null;
  return text !== null && /^[0-9a-f]{40}\n$/.test(text) ? sha(text.trim()) : undefined;
}

/** Whether all commits up to `tip` are in one of `published`, in a branch of GitHub's or kept elsewhere here. */
export async function isKept(mirror: string, tip: Sha, published: readonly Sha[]): Promise<boolean> {
  if (published.includes(tip)) return true;
  const known = [...published, '--remotes', '--glob=refs/heddle/saved/*'];
  const args = ['rev-list', '--ignore-missing', '--max-count=1', tip, '--not', ...known, '--'];
  return (await git({ gitDir: mirror }, args)).trim() === '';
}

/**
 * Keeps the branch's commits under `refs/heddle/saved/<branch>/<n>` if they are nowhere else: called before the branch is
 * moved, so that no commit is lost. Answers the name; null: nothing needed to be kept.
 */
export async function saveBranch(request: {
  readonly mirror: string;
  readonly branch: string;
  readonly published: readonly Sha[];
}): Promise<string | null> {
  const { mirror, branch } = request;
  const tip = await branchTip(mirror, branch);
  if (tip === null || (await isKept(mirror, tip, request.published))) return null;
  const name = `refs/heddle/saved/${branch}/${(await savedCount(mirror, branch)) + 1}`;
  // The old value of a new ref is nothing: two at once never write the same number.
  await git({ gitDir: mirror }, ['update-ref', name, tip, '']);
  return name;
}

/** Drops what was kept of a branch as far as the published commit, or a branch of GitHub's, holds it too. */
export async function dropSaved(request: {
  readonly mirror: string;
  readonly branch: string;
  readonly published: Sha;
}): Promise<void> {
  const { mirror, branch, published } = request;
  if (!stands(join(mirror, 'refs', 'heddle', 'saved', branch))) return;
  const format = '--format=%(refname) %(objectname)';
  const refs = await git({ gitDir: mirror }, ['for-each-ref', format, `refs/heddle/saved/${branch}/`]);
  for (const line of refs.split('\n').filter((text) => text !== '')) {
    const [name = '', tip = ''] = line.split(' ');
    const args = [
      'rev-list',
      '--ignore-missing',
      '--max-count=1',
      tip,
      '--not',
      published,
      '--remotes',
      '--',
    ];
    if ((await git({ gitDir: mirror }, args)).trim() !== '') continue;
    await retryRaces(() => git({ gitDir: mirror }, ['update-ref', '-d', name, tip]));
  }
}

async function savedCount(mirror: string, branch: string): Promise<number> {
  const refs = await git({ gitDir: mirror }, [
    'for-each-ref',
    '--format=%(refname)',
    `refs/heddle/saved/${branch}/`,
  ]);
  const numbers = refs.split('\n').map((ref) => Number(ref.slice(ref.lastIndexOf('/') + 1)));
  return Math.max(0, ...numbers.filter(Number.isInteger));
}

/** What a merge of the two would give; conflicted files hold markers in the tree. */
export interface MergedTree {
  readonly tree: Sha;
  readonly conflicts: readonly string[];
}

/** Merges in the object store alone (git 2.38). The merge base is git's own choice. */
export async function mergeTrees(mirror: string, ours: Sha, theirs: Sha): Promise<MergedTree> {
  const args = ['merge-tree', '--write-tree', '-z', '--name-only', '--no-messages', ours, theirs];
  const [tree = '', ...paths] = (await git({ gitDir: mirror }, args, { answers: [1] })).split('\0');
  return { tree: sha(tree), conflicts: [...new Set(paths.filter((path) => path !== ''))] };
}

export interface CommitText {
  readonly tree: Sha;
  readonly parent: Sha;
  readonly message: string;
}

/** One commit by the App's own name, on no branch. */
export async function commitTree(mirror: string, { tree, parent, message }: CommitText): Promise<Sha> {
  const args = ['commit-tree', '--no-gpg-sign', '-p', parent, '-m', message, tree];
  return sha((await git({ gitDir: mirror }, args, { env: AUTHOR })).trim());
}

/** The App's own name for git. */
export const AUTHOR = {
  GIT_AUTHOR_NAME: COMMIT_AUTHOR.name,
  GIT_AUTHOR_EMAIL: COMMIT_AUTHOR.email,
  GIT_COMMITTER_NAME: COMMIT_AUTHOR.name,
  GIT_COMMITTER_EMAIL: COMMIT_AUTHOR.email,
} as const;
