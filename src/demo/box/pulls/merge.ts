import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { HttpError } from '../errors.ts';
import { accountById, issueOf } from '../find.ts';
import type { Signature } from '../git/commit.ts';
import { listCommits } from '../git/history.ts';
import { type MergeSides, mergeCommit, rebaseCommits, squashCommit } from '../git/merge.ts';
import { updateRef, ZERO } from '../git/refs.ts';
import type { MergeMethod, PullRequest } from '../pull.ts';
import { moveRefLocked, pushed } from '../push/pushed.ts';
import { signatureOf } from '../push/signature.ts';
import type { Repository } from '../state.ts';
import { markMerged } from './landed.ts';
import { computeMergeability, gitHubSignature } from './mergeability.ts';
import { isOpen } from './open.ts';
import { blockers } from './state.ts';
import { type MergeTitle, mergeMessage, squashMessage } from './words.ts';

export interface MergeOrder extends MergeTitle {
  readonly method: MergeMethod;
  /** What the head must be; 409 when it is not. */
  readonly sha?: string | undefined;
}

/**
 * Merges a pull request and returns the SHA of the base's new tip. 405 when it cannot be merged, 409 when its head
 * has moved.
 */
export async function mergePull(
  box: BoxCore,
  repo: Repository,
  pull: PullRequest,
  { by, order }: { readonly by: Author; readonly order: MergeOrder },
): Promise<string> {
  return await box.git.exclusive(repo, async () => {
    await refuse(box, repo, pull, order);
    const ref = `refs/heads/${pull.base.ref}`;
    const before = (await box.git.resolve(repo, ref)) ?? ZERO;
    const after = await build(box, repo, pull, { by, order, base: before });
    if (after === undefined || after === before) throw notMergeable();
    if (!(await updateRef(box.git.directory(repo), { ref, before, after }))) throw baseMoved();
    pull.base.sha = before;
    markMerged(box, repo, pull, { sha: after, by });
    await pushed(box, repo, [{ ref, before, after }], by);
    await tidy(box, repo, pull, by);
    return after;
  });
}

async function refuse(box: BoxCore, repo: Repository, pull: PullRequest, order: MergeOrder): Promise<void> {
  if (!isOpen(repo, pull)) throw notMergeable();
  if (order.sha !== undefined && order.sha !== pull.head.sha) {
    throw new HttpError(409, 'Head branch was modified. Review and try the merge again.');
  }
  if (pull.draft) throw new HttpError(405, 'Pull Request is still a draft');
  if (!allowed(repo)[order.method]) {
    throw new HttpError(405, `${methodNames[order.method]} are not allowed on this repository.`);
  }
  if (!(pull.mergeable ?? (await computeMergeability(box, repo, pull)))) throw notMergeable();
  const [reason] = blockers(box.world, repo, pull);
  if (reason !== undefined) throw new HttpError(405, reason);
}

const methodNames: Readonly<Record<MergeMethod, string>> = {
  merge: 'Merge commits',
  squash: 'Squash merges',
  rebase: 'Rebase merges',
};

function allowed({ merging }: Repository): Readonly<Record<MergeMethod, boolean>> {
  return { merge: merging.allowMergeCommit, squash: merging.allowSquash, rebase: merging.allowRebase };
}

interface Build {
  readonly by: Author;
  readonly order: MergeOrder;
  readonly base: string;
}

async function build(
  box: BoxCore,
  repo: Repository,
  pull: PullRequest,
  { by, order, base }: Build,
): Promise<string | undefined> {
  const directory = box.git.directory(repo);
  const sides = { base, head: pull.head.sha };
  const committer = gitHubSignature(box);
  const merger = signatureOf(box, by.account);
  switch (order.method) {
    case 'merge':
      return await mergeCommit(directory, sides, {
        message: mergeMessage(box, repo, pull, order),
        author: merger,
        committer,
      });
    case 'squash':
      return await squash(box, repo, pull, { order, sides, committer });
    case 'rebase':
      return await rebaseCommits(directory, sides, merger);
  }
  return order.method satisfies never;
}

async function squash(
  box: BoxCore,
  repo: Repository,
  pull: PullRequest,
  { order, sides, committer }: { order: MergeOrder; sides: MergeSides; committer: Signature },
): Promise<string | undefined> {
  const directory = box.git.directory(repo);
  const commits = await listCommits(directory, { ...sides, oldestFirst: true });
  const author = signatureOf(box, accountById(box.world, issueOf(repo, pull.number).authorId));
  const message = squashMessage(box, repo, pull, { ...order, commits });
  return await squashCommit(directory, sides, { message, author, committer });
}

async function tidy(box: BoxCore, repo: Repository, pull: PullRequest, by: Author): Promise<void> {
  if (!repo.merging.deleteBranchOnMerge) return;
  const change = { ref: `refs/heads/${pull.head.ref}`, before: pull.head.sha, after: ZERO };
  await moveRefLocked(box, repo, change, by);
}

function notMergeable(): HttpError {
  return new HttpError(405, 'Pull Request is not mergeable');
}

function baseMoved(): HttpError {
  return new HttpError(405, 'Base branch was modified. Review and try the merge again.');
}
