import type { Account } from '../account.ts';
import { iso } from '../clock.ts';
import type { BoxCore } from '../core.ts';
import { accountNamed } from '../find.ts';
import type { Signature } from '../git/commit.ts';
import { type Commit, type CommitRange, listCommits, mergeBase } from '../git/history.ts';
import { changedPaths, noPaths } from '../git/paths.ts';
import { type RefChange, ZERO } from '../git/refs.ts';
import { repositoryPage } from '../shapes/repository.ts';
import type { Repository } from '../state.ts';
import { accountByEmail, emailOf } from './signature.ts';

/** GitHub lists no more commits in one push event. */
const limit = 2048;

/** The body of a `push` webhook for one ref that moved. */
export async function pushPayload(box: BoxCore, repo: Repository, change: RefChange, pusher: Account) {
  const shapes = await commitShapes(box, repo, change);
  const deleted = change.after === ZERO;
  return {
    ref: change.ref,
    before: change.before,
    after: change.after,
    created: change.before === ZERO,
    deleted,
    forced: !deleted && (await isForced(box, repo, change)),
    base_ref: null,
    compare: `${repositoryPage(box, repo)}/compare/${change.before.slice(0, 12)}...${change.after.slice(0, 12)}`,
    commits: shapes,
    head_commit: shapes.at(-1) ?? null,
    pusher: { name: pusher.login, email: emailOf(pusher) },
  };
}

/** The commits that a push brings to its branch, oldest first. */
export async function newCommits(
  box: BoxCore,
  repo: Repository,
  change: RefChange,
): Promise<readonly Commit[]> {
  const range = await pushedRange(box, repo, change);
  if (!range) return [];
  return (await listCommits(box.git.directory(repo), { ...range, oldestFirst: true })).slice(-limit);
}

/** For a new branch what the default branch has not; nothing for a deletion or a tag. */
async function pushedRange(
  box: BoxCore,
  repo: Repository,
  { ref, before, after }: RefChange,
): Promise<CommitRange | undefined> {
  if (after === ZERO || !ref.startsWith('refs/heads/')) return undefined;
  const main = `refs/heads/${repo.defaultBranch}`;
  const base = before !== ZERO ? before : ref === main ? undefined : await box.git.resolve(repo, main);
  return { head: after, base };
}

async function isForced(box: BoxCore, repo: Repository, { before, after }: RefChange): Promise<boolean> {
  if (before === ZERO) return false;
  return (await mergeBase(box.git.directory(repo), before, after)) !== before;
}

async function commitShapes(box: BoxCore, repo: Repository, change: RefChange) {
  const range = await pushedRange(box, repo, change);
  if (!range) return [];
  const paths = await changedPaths(box.git.directory(repo), range);
  return (await newCommits(box, repo, change)).map((commit) => ({
    id: commit.sha,
    tree_id: commit.tree,
    distinct: true,
    message: commit.message,
    timestamp: iso(commit.committer.date.getTime()),
    url: `${repositoryPage(box, repo)}/commit/${commit.sha}`,
    author: personShape(box, commit.author),
    committer: personShape(box, commit.committer),
    ...(paths.get(commit.sha) ?? noPaths),
  }));
}

function personShape(box: BoxCore, { name, email, date }: Signature) {
  const account = accountByEmail(box, email) ?? accountNamed(box.world, name);
  return { name, email, date: iso(date.getTime()), ...(account && { username: account.login }) };
}
