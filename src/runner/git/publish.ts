import { mkdir, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Sha } from '../../domain/ids.ts';
import { AttemptFailed } from '../failure.ts';
import type { TaskPlace } from '../paths.ts';
import { saveBranch } from './branch.ts';
import { git } from './git.ts';
import { retryRaces } from './locks.ts';

/** Sets the branch to the new commit. Commits of the agent's own stay reachable, though not from the branch. */
export async function setBranch(request: {
  readonly place: TaskPlace;
  readonly branch: string;
  readonly start: Sha;
  readonly tip: Sha;
}): Promise<void> {
  const { place, branch, start, tip } = request;
  await saveBranch({ mirror: place.mirror, branch, published: [start, tip] });
  await retryRaces(() => git({ gitDir: place.mirror }, ['update-ref', `refs/heads/${branch}`, tip]));
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

/** Which of the files still have conflict markers in the tree. */
export async function leftMarkers(
  mirror: string,
  tree: Sha,
  paths: readonly string[],
): Promise<readonly string[]> {
  if (paths.length === 0) return [];
  const args = [
    'grep',
    '-l',
    '-z',
    '--no-textconv',
    '-E',
    '-e',
    '^(<{7}|>{7}|[|]{7}) ',
    tree,
    '--',
    ...paths,
  ];
  const out = await git({ gitDir: mirror }, args, { answers: [1] });
  return out
    .split('\0')
    .filter((line) => line !== '')
    .map((line) => line.slice(tree.length + 1));
}
