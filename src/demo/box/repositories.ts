import type { Actor } from './account.ts';
import { authorOf } from './author.ts';
import type { BoxCore } from './core.ts';
import { Disk } from './disk.ts';
import { accountById } from './find.ts';
import type { NewCommit, Signature } from './git/commit.ts';
import { createBareRepository, folderCommit, seedCommits } from './git/create.ts';
import { readBlob } from './git/read.ts';
import { listRefs, resolveCommit, ZERO } from './git/refs.ts';
import type { GitPort, GitRef, RepositorySeed } from './git-port.ts';
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
    create: (repo, seed) => create(box, repo, seed),
    readFile: (repo, ref, path) => readBlob(at(repo), ref, path),
    resolve: (repo, ref) => resolveCommit(at(repo), ref),
    refs: async (repo, prefix) => refsBelow(at(repo), prefix),
    deleteRef: (repo, ref, actor) => deleteRef(box, repo, ref, actor),
    setRef: (repo, change, actor) => setRef(box, repo, change, actor),
  };
}

/** Every ref whose name starts so, also within a part of the name. */
function refsBelow(directory: string, prefix: string): readonly GitRef[] {
  const whole = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const refs = [...listRefs(directory, whole)].map(([name, sha]) => ({ name, sha }));
  return refs.filter(({ name }) => name.startsWith(prefix));
}

async function create(box: BoxCore, repo: Repository, seed: RepositorySeed = {}): Promise<void> {
  const directory = box.git.directory(repo);
  await createBareRepository(directory, repo.defaultBranch);
  const commits = await seedOf(seed, signatureOf(box, accountById(box.world, repo.ownerId)));
  if (commits.length > 0) await seedCommits(directory, repo.defaultBranch, commits);
}

async function seedOf(seed: RepositorySeed, owner: Signature): Promise<readonly NewCommit[]> {
  const { files, folder, commits = [] } = seed;
  if (folder !== undefined) return [await folderCommit(folder, owner)];
  if (files) return [{ message: 'Initial commit', author: owner, files }];
  return commits.map(({ message, files: changes, author = owner }) => ({ message, author, files: changes }));
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
