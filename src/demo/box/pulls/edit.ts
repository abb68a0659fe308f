import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { invalid } from '../errors.ts';
import { issueOf } from '../find.ts';
import { remember } from '../issues/announce.ts';
import { reopenIssue } from '../issues/close.ts';
import { editText } from '../issues/edit.ts';
import type { PullRequest } from '../pull.ts';
import type { Repository } from '../state.ts';
import { emitPull } from './emit.ts';
import { closePull } from './landed.ts';
import { measure } from './measure.ts';
import { forgetMergeability } from './mergeability.ts';

export interface PullEdit {
  readonly title?: string | undefined;
  readonly body?: string | null | undefined;
  readonly state?: 'open' | 'closed' | undefined;
  readonly base?: string | undefined;
}

/** Changes a pull request's text, base or state. */
export async function editPull(
  box: BoxCore,
  repo: Repository,
  pull: PullRequest,
  { by, edit }: { readonly by: Author; readonly edit: PullEdit },
): Promise<void> {
  editText(box, issueOf(repo, pull.number), by, { title: edit.title, body: edit.body });
  if (edit.base !== undefined && edit.base !== pull.base.ref)
    await retarget(box, repo, pull, { by, to: edit.base });
  if (edit.state === 'closed') closePull(box, repo, pull, by);
  if (edit.state === 'open') await reopenPull(box, repo, pull, by);
}

async function retarget(
  box: BoxCore,
  repo: Repository,
  pull: PullRequest,
  { by, to }: { readonly by: Author; readonly to: string },
): Promise<void> {
  const sha = await box.git.resolve(repo, `refs/heads/${to}`);
  if (sha === undefined) throw refused('base', 'Proposed base branch was not found');
  const changes = { base: { ref: { from: pull.base.ref }, sha: { from: pull.base.sha } } };
  pull.base.ref = to;
  pull.base.sha = sha;
  pull.size = await measure(box.git.directory(repo), { base: sha, head: pull.head.sha });
  remember(box, issueOf(repo, pull.number), by, { event: 'base_ref_changed' });
  forgetMergeability(box, repo, pull);
  emitPull(box, repo, pull, { action: 'edited', by, more: { changes } });
}

/** A branch that has moved on while its pull request was closed is shown as it is now. */
async function reopenPull(box: BoxCore, repo: Repository, pull: PullRequest, by: Author): Promise<void> {
  if (pull.mergedAt !== null) throw refused('state', 'The pull request has been merged');
  const sha = await box.git.resolve(repo, `refs/heads/${pull.head.ref}`);
  if (sha === undefined) throw refused('state', `The ${pull.head.ref} branch has been deleted.`);
  pull.head.sha = sha;
  reopenIssue(box, issueOf(repo, pull.number), by);
}

function refused(field: string, message: string): Error {
  return invalid({ resource: 'PullRequest', field, code: 'invalid', message });
}
