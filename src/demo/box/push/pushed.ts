import type { Author } from '../author.ts';
import { runCi } from '../checks/ci.ts';
import { requestSuites } from '../checks/suite.ts';
import type { BoxCore } from '../core.ts';
import { type RefChange, updateRef, ZERO } from '../git/refs.ts';
import { closeMentioned } from '../pulls/landed.ts';
import type { Repository } from '../state.ts';
import { newCommits, pushPayload } from './event.ts';
import { movePulls } from './pulls.ts';

/** Moves one ref as a push would. False when it was not where the caller saw it. Takes the repository's lock. */
export async function moveRef(
  box: BoxCore,
  repo: Repository,
  change: RefChange,
  by: Author,
): Promise<boolean> {
  return await box.git.exclusive(repo, () => moveRefLocked(box, repo, change, by));
}

/** The same for work that holds the lock already. */
export async function moveRefLocked(
  box: BoxCore,
  repo: Repository,
  change: RefChange,
  by: Author,
): Promise<boolean> {
  if (change.before === change.after) return true;
  if (!(await updateRef(box.git.directory(repo), change))) return false;
  await pushed(box, repo, [change], by);
  return true;
}

/** All that follows from refs that have moved: webhooks, pull requests, closed issues, checks. */
export async function pushed(
  box: BoxCore,
  repo: Repository,
  changes: readonly RefChange[],
  by: Author,
): Promise<void> {
  if (changes.length === 0) return;
  repo.pushedAt = box.clock.now();
  repo.updatedAt = repo.pushedAt;
  for (const change of changes) await followUp(box, repo, change, by);
  box.changed(repo);
}

async function followUp(box: BoxCore, repo: Repository, change: RefChange, by: Author): Promise<void> {
  const [, kind, name] = /^refs\/(heads|tags)\/(.+)$/.exec(change.ref) ?? [];
  if (kind === undefined || name === undefined) return;
  emitRef(box, repo, { change, name, type: kind === 'heads' ? 'branch' : 'tag', by });
  const payload = await pushPayload(box, repo, change, by.account);
  box.emit({ event: 'push', action: null, repo, sender: by.account, payload });
  if (kind === 'heads') await followBranch(box, repo, { ...change, branch: name, by });
}

async function followBranch(
  box: BoxCore,
  repo: Repository,
  move: RefChange & { readonly branch: string; readonly by: Author },
): Promise<void> {
  await movePulls(box, repo, move);
  if (move.after === ZERO) return;
  if (move.branch === repo.defaultBranch && move.before !== ZERO)
    await closeByCommits(box, repo, move, move.by);
  const head = { sha: move.after, branch: move.branch };
  await requestSuites(box, repo, head, move.by);
  runCi(box, repo, head);
}

async function closeByCommits(box: BoxCore, repo: Repository, change: RefChange, by: Author): Promise<void> {
  for (const { sha, message } of await newCommits(box, repo, change))
    closeMentioned(box, repo, message, { by, commitSha: sha });
}

interface NamedRef {
  readonly change: RefChange;
  readonly name: string;
  readonly type: 'branch' | 'tag';
  readonly by: Author;
}

function emitRef(box: BoxCore, repo: Repository, { change, name, type, by }: NamedRef): void {
  if (change.before !== ZERO && change.after !== ZERO) return;
  const event = change.before === ZERO ? 'create' : 'delete';
  const more = event === 'create' ? { master_branch: repo.defaultBranch, description: repo.description } : {};
  const payload = { ref: name, ref_type: type, pusher_type: 'user', ...more };
  box.emit({ event, action: null, repo, sender: by.account, payload });
}
