import type { Actor } from './account.ts';
import { authorOf } from './author.ts';
import type { BoxCore } from './core.ts';
import { Disk } from './disk.ts';
import { accountById } from './find.ts';
import type { FileChanges, NewCommit } from './git/commit.ts';
import { createBareRepository, seedCommits } from './git/create.ts';
import { readBlob } from './git/read.ts';
import { listRefs, resolveCommit, ZERO } from './git/refs.ts';
import type { GitPort } from './git-port.ts';
import { moveRef } from './push/pushed.ts';
import { signatureOf } from './push/signature.ts';
import type { Register } from './router.ts';
import type { Repository } from './state.ts';

/** Puts real repositories on disk behind the box. */
export const repositories: Register = async (_routes, box) => {
  const disk = await Disk.create();
  box.git = gitOn(box, disk);
  box.onClose(() => disk.close());
};

function gitOn(box: BoxCore, disk: Disk): GitPort {
  const at = (repo: Repository) => disk.directory(repo);
  return {
    directory: at,
    exclusive: (repo, work) => disk.exclusive(repo, work),
    later: (milliseconds, work) => disk.later(milliseconds, work),
    create: (repo, files) => create(box, repo, files),
    readFile: (repo, ref, path) => readBlob(at(repo), ref, path),
    resolve: (repo, ref) => resolveCommit(at(repo), ref),
    refs: async (repo, prefix) =>
      [...(await listRefs(at(repo), prefix))].map(([name, sha]) => ({ name, sha })),
    deleteRef: (repo, ref, actor) => deleteRef(box, repo, ref, actor),
    setRef: (repo, change, actor) => setRef(box, repo, change, actor),
  };
}

async function create(box: BoxCore, repo: Repository, files?: FileChanges): Promise<void> {
  const directory = box.git.directory(repo);
  await createBareRepository(directory, repo.defaultBranch);
  if (!files) return;
  const author = signatureOf(box, accountById(box.world, repo.ownerId));
  const first: NewCommit = { message: 'Initial commit', author, files };
  await seedCommits(directory, repo.defaultBranch, [first]);
}

async function deleteRef(box: BoxCore, repo: Repository, ref: string, actor: Actor): Promise<boolean> {
  const before = await box.git.resolve(repo, ref);
  if (before === undefined) return false;
  return await moveRef(box, repo, { ref, before, after: ZERO }, authorOf(actor));
}

async function setRef(
  box: BoxCore,
  repo: Repository,
  { ref, sha }: { readonly ref: string; readonly sha: string },
  actor: Actor,
): Promise<boolean> {
  const after = await box.git.resolve(repo, sha);
  if (after === undefined) return false;
  const before = (await box.git.resolve(repo, ref)) ?? ZERO;
  return await moveRef(box, repo, { ref, before, after }, authorOf(actor));
}
