import type { BoxCore } from '../core.ts';
import { diffFiles } from '../git/diff.ts';
import { mergeBase } from '../git/history.ts';
import { type PatchLine, patchLines } from '../git/hunk.ts';
import type { PullRequest } from '../pull.ts';
import type { Repository } from '../state.ts';

/** Where somebody wants to comment: a line of a side, or the older position in the diff. */
export interface Spot {
  readonly path: string;
  readonly line?: number | undefined;
  readonly side?: 'LEFT' | 'RIGHT' | undefined;
  readonly position?: number | undefined;
}

/** Finds spots in the diff of a pull request as it is at a commit. */
export async function anchors(
  box: BoxCore,
  repo: Repository,
  pull: PullRequest,
  commitSha: string,
): Promise<(spot: Spot) => PatchLine | undefined> {
  const directory = box.git.directory(repo);
  const base = (await box.git.resolve(repo, `refs/heads/${pull.base.ref}`)) ?? pull.base.sha;
  const from = (await mergeBase(directory, base, commitSha)) ?? base;
  const files = await diffFiles(directory, { from, to: commitSha });
  return ({ path, line, side = 'RIGHT', position }) => {
    const patch = files.find((file) => file.path === path)?.patch;
    const lines = patchLines(patch ?? '');
    if (line !== undefined) return lines.find((one) => one.line === line && one.side === side);
    return lines.find((one) => one.position === position);
  };
}
