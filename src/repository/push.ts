import { COMMIT_AUTHOR } from '../domain/author.ts';
import type { ActionResult } from '../domain/effect.ts';
import { Retryable, Terminal } from '../domain/errors.ts';
import type { Sha } from '../domain/ids.ts';
import type { AttemptOutcome } from '../domain/outcome.ts';
import type { Repository } from '../domain/repository.ts';
import { type BundleHeader, readHeader, unbundle } from './bundle.ts';
import { GitFailed, git, tryGit } from './git.ts';
import { inspectWork, type Limits } from './inspect.ts';
import { BASE, type Mirror, type Remote } from './mirror.ts';
import { type PushAnswer, readPush } from './remote.ts';

/*
 * The race that this file prevents: somebody pushes to the branch while an agent works on it. The lease names the commit
 * that the work stands on, and GitHub compares and moves the branch in one step; what lost is refused, never forced.
 * A push repeated after a crash finds the branch at its own tip, which git calls up to date. When the connection breaks
 * before the answer, curl may send the same push twice within one call: the second then looks like a lost race.
 */

export interface PushWork {
  readonly mirror: Mirror;
  readonly remote: Remote;
  readonly repository: Repository;
  readonly outcome: AttemptOutcome;
  /** Where the bundle lies here; null: there is none. */
  readonly bundle: string | null;
  readonly branch: string;
  readonly expected: Sha | null;
  readonly limits: Limits;
}

/** Checks everything that a worker handed in, then moves the branch to it. Throws Retryable and Terminal. */
export async function pushWork(work: PushWork): Promise<ActionResult> {
  const tip = work.outcome.tip;
  if (tip === null || work.bundle === null) throw new Terminal('the attempt has no work to push');
  await takeIn(work, { file: work.bundle, tip });
  const { mirror, expected, limits } = work;
  const changed = await inspectWork(mirror, { tip, expected, authorEmail: COMMIT_AUTHOR.email, limits });
  return await move(work, tip, changed);
}

/** Fetches what the bundle stands on, unless it is here, and then the bundle itself. */
async function takeIn(work: PushWork, given: { file: string; tip: Sha }): Promise<void> {
  const header = await readHeader(given.file, 2 * work.limits.totalBytes);
  if (header.tip !== given.tip)
    throw new Terminal(`the bundle holds ${header.tip}, but the outcome says ${given.tip}`);
  await fetchGround(work, header);
  await unbundle(work.mirror.gitDir, { file: given.file, header });
}

async function fetchGround(
  { mirror, remote, repository, branch, expected }: PushWork,
  header: BundleHeader,
): Promise<void> {
  const wanted = expected === null ? header.needs : [...header.needs, expected];
  const missing = await mirror.missing([BASE, ...wanted]);
  if (missing.length === 0) return;
  if (missing.some((name) => name !== expected)) await mirror.fetchBase(remote, repository.defaultBranch);
  if (expected !== null && missing.includes(expected)) await mirror.fetchBranch(remote, branch);
  const [gone] = await mirror.missing(wanted);
  if (gone === undefined) return;
  if (gone === expected) throw new Terminal(movedText(branch), { stale: true });
  throw new Terminal(`the work stands on ${gone}, which GitHub does not have`);
}

const PUSH_TIMEOUT_MS = 3 * 60_000;

async function move(work: PushWork, tip: Sha, changed: readonly string[]): Promise<ActionResult> {
  const { mirror, remote, branch, expected } = work;
  const answer = await pushRef({ mirror, remote, branch, expected, source: tip });
  if (answer.kind === 'moved' || (answer.kind === 'stale' && (await remoteTip(work)) === tip))
    return { kind: 'pushed', sha: tip, changed };
  if (answer.kind === 'declined')
    throw new Terminal(`GitHub refused the push to ${branch}: ${answer.reason}`);
  return { kind: 'refused', message: movedText(branch), stale: true };
}

const movedText = (branch: string): string =>
  `${branch} is not where it was when the work began: somebody else pushed to it or deleted it; the work was not pushed`;

/**
 * Moves one branch from `expected` to `source`, or deletes it (an empty source). The only call that pushes. Throws
 * Retryable where the answer is not known.
 */
export async function pushRef(given: {
  readonly mirror: Mirror;
  readonly remote: Remote;
  readonly branch: string;
  readonly expected: Sha | null;
  readonly source: Sha | '';
}): Promise<PushAnswer> {
  const { mirror, remote, branch, expected, source } = given;
  const ref = `refs/heads/${branch}`;
  const flags = [
    '--porcelain',
    '--no-verify',
    '--no-follow-tags',
    `--force-with-lease=${ref}:${expected ?? ''}`,
  ];
  const args = ['push', ...flags, remote.url, `${source}:${ref}`];
  const call = { gitDir: mirror.gitDir, args, remote, timeoutMs: PUSH_TIMEOUT_MS };
  const answer = await tryGit(call);
  const read = readPush(answer.stdout, answer.stderr);
  if (read === null) throw new GitFailed(call, answer);
  if (read.kind === 'moved' && answer.exitCode !== 0) throw new Retryable(`the push to ${branch} broke off`);
  return read;
}

/** Where the branch is on GitHub now; null: nowhere. */
export async function remoteTip(given: {
  readonly mirror: Mirror;
  readonly remote: Remote;
  readonly branch: string;
}): Promise<string | null> {
  const { mirror, remote, branch } = given;
  const args = ['ls-remote', '--quiet', remote.url, `refs/heads/${branch}`];
  const found = await git({ gitDir: mirror.gitDir, args, remote });
  return /^[0-9a-f]+/.exec(found)?.[0] ?? null;
}
