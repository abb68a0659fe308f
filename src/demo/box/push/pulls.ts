import type { Author } from '../author.ts';
import type { BoxCore } from '../core.ts';
import { issueOf } from '../find.ts';
import { listCommits, mergeBase } from '../git/history.ts';
import { mapLine } from '../git/line.ts';
import { type RefChange, setRef, ZERO } from '../git/refs.ts';
import { remember } from '../issues/announce.ts';
import type { PullRequest, ReviewThread } from '../pull.ts';
import { emitPull } from '../pulls/emit.ts';
import { closePull, markMerged } from '../pulls/landed.ts';
import { measure } from '../pulls/measure.ts';
import { forgetMergeability } from '../pulls/mergeability.ts';
import { openPulls } from '../pulls/open.ts';
import type { Repository } from '../state.ts';

/** One branch that moved, and who moved it. */
export interface BranchMove extends RefChange {
  readonly branch: string;
  readonly by: Author;
}

/** What the move of a branch means for the open pull requests from it and into it. */
export async function movePulls(box: BoxCore, repo: Repository, move: BranchMove): Promise<void> {
  for (const pull of openPulls(repo))
    if (pull.base.ref === move.branch) await moveBase(box, repo, pull, move);
  for (const pull of openPulls(repo))
    if (pull.head.ref === move.branch) await moveHead(box, repo, pull, move);
}

/** A base that has come to contain the head has merged it, by whatever way. */
async function moveBase(box: BoxCore, repo: Repository, pull: PullRequest, move: BranchMove): Promise<void> {
  if (move.after === ZERO) return retargetOrClose(box, repo, pull, move);
  const { head } = pull;
  if ((await mergeBase(box.git.directory(repo), head.sha, move.after)) === head.sha)
    return markMerged(box, repo, pull, { sha: move.after, by: move.by });
  forgetMergeability(box, repo, pull);
}

/** What stood on a merged branch stands on that branch's base once it is deleted. */
function retargetOrClose(box: BoxCore, repo: Repository, pull: PullRequest, move: BranchMove): void {
  const merged = [...repo.pulls.values()].find(
    (other) => other.head.ref === move.branch && other.head.sha === move.before && other.mergedAt !== null,
  );
  if (!merged) {
    closePull(box, repo, pull, move.by);
    return;
  }
  pull.base.ref = merged.base.ref;
  remember(box, issueOf(repo, pull.number), move.by, { event: 'base_ref_changed' });
  forgetMergeability(box, repo, pull);
  const changes = { base: { ref: { from: move.branch }, sha: { from: pull.base.sha } } };
  emitPull(box, repo, pull, { action: 'edited', by: move.by, more: { changes } });
}

async function moveHead(box: BoxCore, repo: Repository, pull: PullRequest, move: BranchMove): Promise<void> {
  const issue = issueOf(repo, pull.number);
  if (move.after === ZERO) {
    closePull(box, repo, pull, move.by);
    remember(box, issue, move.by, { event: 'head_ref_deleted' });
    return;
  }
  const directory = box.git.directory(repo);
  await setRef(directory, `refs/pull/${pull.number}/head`, move.after);
  pull.head.sha = move.after;
  pull.base.sha = (await box.git.resolve(repo, `refs/heads/${pull.base.ref}`)) ?? pull.base.sha;
  pull.size = await measure(directory, { base: pull.base.sha, head: move.after });
  for (const thread of pull.threads) await moveThread(directory, thread, move);
  await recordPush(box, repo, pull, move);
  forgetMergeability(box, repo, pull);
  const { before, after, by } = move;
  emitPull(box, repo, pull, { action: 'synchronize', by, more: { before, after } });
}

async function moveThread(directory: string, thread: ReviewThread, move: BranchMove): Promise<void> {
  for (const comment of thread.comments.filter(({ side, line }) => side === 'RIGHT' && line !== null)) {
    const at = { from: comment.commitSha, to: move.after, path: comment.path, line: comment.line ?? 0 };
    comment.line = (await mapLine(directory, at)) ?? null;
    comment.commitSha = move.after;
    thread.outdated = comment.line === null;
  }
}

/** One line a commit; a single one where history was rewritten. */
async function recordPush(
  box: BoxCore,
  repo: Repository,
  pull: PullRequest,
  move: BranchMove,
): Promise<void> {
  const directory = box.git.directory(repo);
  const issue = issueOf(repo, pull.number);
  if ((await mergeBase(directory, move.before, move.after)) !== move.before) {
    remember(box, issue, move.by, { event: 'head_ref_force_pushed', commitSha: move.after });
    return;
  }
  const range = { head: move.after, base: move.before, oldestFirst: true };
  for (const commit of await listCommits(directory, range))
    remember(box, issue, move.by, { event: 'committed', commitSha: commit.sha, commit });
}
