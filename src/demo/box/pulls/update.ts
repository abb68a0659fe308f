import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { HttpError } from '../errors.ts';
import { mergeCommit } from '../git/merge.ts';
import type { PullRequest } from '../pull.ts';
import { moveRefLocked } from '../push/pushed.ts';
import { signatureOf } from '../push/signature.ts';
import type { Repository } from '../state.ts';
import { gitHubSignature } from './mergeability.ts';

/** Merges the base into a pull request's branch. 422 on a conflict, or when the head is not the expected one. */
export async function updateBranch(
  box: BoxCore,
  repo: Repository,
  pull: PullRequest,
  { by, expected }: { readonly by: Author; readonly expected: string | undefined },
): Promise<void> {
  await box.git.exclusive(repo, async () => {
    const before = pull.head.sha;
    if (expected !== undefined && expected !== before) {
      throw new HttpError(422, 'expected head sha didn’t match current head ref.');
    }
    const after = await merged(box, repo, pull, by);
    if (after === undefined) throw new HttpError(422, 'merge conflict between base and head');
    await moveRefLocked(box, repo, { ref: `refs/heads/${pull.head.ref}`, before, after }, by);
  });
}

async function merged(
  box: BoxCore,
  repo: Repository,
  pull: PullRequest,
  by: Author,
): Promise<string | undefined> {
  const base = await box.git.resolve(repo, `refs/heads/${pull.base.ref}`);
  if (base === undefined) return undefined;
  const words = {
    message: `Merge branch '${pull.base.ref}' into ${pull.head.ref}`,
    author: signatureOf(box, by.account),
    committer: gitHubSignature(box),
  };
  return await mergeCommit(box.git.directory(repo), { base: pull.head.sha, head: base }, words);
}
