import { readRef, readRefs } from './ref-files.ts';
import { git, gitResult } from './run.ts';

/** What an absent ref is called in a push. */
export const ZERO = '0'.repeat(40);

/** Full ref names and the commits they point at. */
export type Refs = ReadonlyMap<string, string>;

/** One ref that moved; {@link ZERO} before when it was created, after when it was deleted. */
export interface RefChange {
  readonly ref: string;
  readonly before: string;
  readonly after: string;
}

/** All refs below a prefix, such as `refs/heads/`; all of the repository without one. */
export function listRefs(repository: string, prefix = 'refs/'): Refs {
  return new Map([...readRefs(repository)].filter(([ref]) => ref.startsWith(prefix)));
}

/** The commit of a branch, tag, ref or abbreviated SHA; undefined if there is none. */
export async function resolveCommit(repository: string, name: string): Promise<string | undefined> {
  // A branch is never anything but a commit.
  const tip = name.startsWith('refs/heads/') ? readRef(repository, name) : undefined;
  if (tip !== undefined) return tip;
  const { exitCode, stdout } = await gitResult(repository, [
    'rev-parse',
    '--verify',
    '--quiet',
    '--end-of-options',
    `${name}^{commit}`,
  ]);
  return exitCode === 0 ? stdout : undefined;
}

/**
 * Moves a ref from one commit to another, or creates it (`before` = {@link ZERO}), or removes it (`after` =
 * {@link ZERO}). False if the ref is not at `before`: somebody else was faster.
 */
export async function updateRef(repository: string, { ref, before, after }: RefChange): Promise<boolean> {
  const args = after === ZERO ? ['-d', ref, before] : [ref, after, before];
  return (await gitResult(repository, ['update-ref', ...args])).exitCode === 0;
}

/** Points a ref at a commit, whatever it pointed at before. */
export async function setRef(repository: string, ref: string, sha: string): Promise<void> {
  await git(repository, ['update-ref', ref, sha]);
}

/** Whether git would take this as the full name of a ref. */
export async function isRefName(repository: string, ref: string): Promise<boolean> {
  return ref.startsWith('refs/') && (await gitResult(repository, ['check-ref-format', ref])).exitCode === 0;
}

/** What happened between two snapshots, in the order of the refs' names. */
export function changedRefs(before: Refs, after: Refs): readonly RefChange[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names
    .map((ref) => ({ ref, before: before.get(ref) ?? ZERO, after: after.get(ref) ?? ZERO }))
    .filter((change) => change.before !== change.after);
}
