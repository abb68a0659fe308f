import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Sha } from '../../domain/ids.ts';
import { AttemptFailed } from '../failure.ts';
import type { TaskPlace } from '../paths.ts';
import { AUTHOR, branchTip, saveBranch } from './branch.ts';
import { git } from './git.ts';
import { retryRaces } from './locks.ts';
import { trusted } from './worktree.ts';

/**
 * Commits the runner's index as one commit on `start`, on the branch, which HEAD has to name; null: it is what `start` has.
 * Commits of the agent's own stay reachable, though not from the branch. No hook, editor or signature takes part.
 */
export async function commitIndex(request: {
  readonly place: TaskPlace;
  readonly branch: string;
  readonly start: Sha;
  readonly message: string;
}): Promise<Sha | null> {
  const { place, branch, start, message } = request;
  await putBack(request);
  const config = ['core.logAllRefUpdates=false', 'rerere.enabled=false'];
  const args = ['commit', ...COMMIT_FLAGS, '-m', message];
  await retryRaces(() => git(trusted(place), args, { env: AUTHOR, config, answers: [1] }));
  const tip = await branchTip(place.mirror, branch);
  return tip === start ? null : tip;
}

const COMMIT_FLAGS: readonly string[] = [
  '--quiet',
  '--no-verify',
  '--no-post-rewrite',
  '--no-gpg-sign',
  '--no-status',
  '--cleanup=verbatim',
];

/** An agent may have moved the branch by commits of its own. */
async function putBack(request: { readonly place: TaskPlace; readonly branch: string; readonly start: Sha }) {
  const { place, branch, start } = request;
  const mirror = place.mirror;
  if ((await branchTip(mirror, branch)) === start) return;
  await saveBranch({ mirror, branch, published: [start] });
  await retryRaces(() => git({ gitDir: mirror }, ['update-ref', `refs/heads/${branch}`, start]));
}

/**
 * Writes the branch as a git bundle that stands on `start` alone: whoever has that commit can read it. (Leaving out more
 * of what GitHub has would make it need commits that it does not name.) Throws {@link AttemptFailed} above the bound.
 */
export async function writeBundle(request: {
  readonly mirror: string;
  readonly branch: string;
  readonly start: Sha;
  readonly path: string;
  readonly limitBytes: number;
}): Promise<void> {
  const { mirror, branch, path, limitBytes } = request;
  await mkdir(dirname(path), { recursive: true });
  await rm(`${path}.lock`, { force: true });
  await git({ gitDir: mirror }, [
    'bundle',
    'create',
    '--quiet',
    path,
    `refs/heads/${branch}`,
    `^${request.start}`,
  ]);
  const { size } = await stat(path);
  if (size <= limitBytes) return;
  await rm(path);
  throw new AttemptFailed(
    'too-large',
    `The work is ${size} bytes as a bundle; at most ${limitBytes} are taken.`,
  );
}

/** Which of the files still have conflict markers in the runner's index. */
export async function leftMarkers(place: TaskPlace, paths: readonly string[]): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const flags = ['--cached', '-l', '-z', '--no-textconv', '-E', '-e', '^(<{7}|>{7}|[|]{7}) '];
  const out = await git(trusted(place), ['grep', ...flags, '--', ...paths], { answers: [1] });
  return out.split('\0').filter((path) => path !== '');
}
