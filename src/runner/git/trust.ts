/*
 * Without a sandbox an agent can write the git directories that its worktree uses, and git obeys what stands there: a
 * filter driver in the config, a redirected common directory, ignore rules that hide a change. So before git looks at
 * what an agent has left, everything that git would obey is put back to what the runner wrote.
 */
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { COMMIT_AUTHOR } from '../../domain/author.ts';
import type { TaskPlace } from '../paths.ts';
import { ensureFile, isDirectory } from './files.ts';

/** The whole config of every mirror. No remote, no credential: addresses and tokens come with each command. */
const MIRROR_CONFIG = `[core]
\trepositoryformatversion = 0
\tfilemode = true
\tbare = true
[gc]
\tauto = 0
[user]
\tname = ${COMMIT_AUTHOR.name}
\temail = ${COMMIT_AUTHOR.email}
`;

/** Puts back what git obeys in the mirror itself. */
export async function restoreMirror(mirror: string): Promise<void> {
  await ensureFile(join(mirror, 'config'), MIRROR_CONFIG);
  await Promise.all(
    ['attributes', 'exclude', 'grafts', 'sparse-checkout'].map((name) =>
      rm(join(mirror, 'info', name), { recursive: true, force: true }),
    ),
  );
  await rm(join(mirror, 'objects', 'info', 'alternates'), { recursive: true, force: true });
}

/** What a worktree's own git directory may hold. All else is the agent's: a half-done merge, locks, a config, logs. */
const KNOWN = new Set(['commondir', 'gitdir', 'HEAD', 'index']);

/**
 * Puts back what git obeys for one worktree, its branch as HEAD included. An index that is not there is no matter of
 * this.
 */
export async function restoreWorktree(place: TaskPlace, branch: string): Promise<void> {
  await restoreMirror(place.mirror);
  // A link that stands for it would lead the removal astray.
  if (!(await isDirectory(place.admin))) await rm(place.admin, { recursive: true, force: true });
  const foreign = (await readdir(place.admin).catch(() => [])).filter((name) => !KNOWN.has(name));
  await Promise.all([
    ensureFile(join(place.admin, 'commondir'), '../..\n'),
    ensureFile(join(place.admin, 'gitdir'), `${join(place.worktree, '.git')}\n`),
    ensureFile(join(place.admin, 'HEAD'), `ref: refs/heads/${branch}\n`),
    ensureFile(join(place.worktree, '.git'), `gitdir: ${place.admin}\n`),
    ...foreign.map((name) => rm(join(place.admin, name), { recursive: true, force: true })),
  ]);
}
