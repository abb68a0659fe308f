import { isAbsolute, join, resolve } from 'node:path';
import { Retryable, Terminal } from '../domain/errors.ts';
import type { Sha } from '../domain/ids.ts';
import type { GitRepository } from '../domain/ports/work.ts';
import type { Repository } from '../domain/repository.ts';
import { deleteBranch } from './delete-branch.ts';
import { Hand, type HandOptions } from './hand.ts';
import { LIMITS, type Limits } from './inspect.ts';
import type { Mirror, Remote } from './mirror.ts';
import { pushWork } from './push.ts';

export interface GitRepositoryOptions extends HandOptions {
  readonly limits?: Partial<Limits>;
}

/** Several tasks that start together share one fetch. */
const FRESH_MS = 1_000;

/** `hand`: the one that others use on the same mirrors too. */
export function createGitRepository(
  options: GitRepositoryOptions,
  hand: Hand = new Hand(options),
): GitRepository {
  const limits = { ...LIMITS, ...options.limits };
  return {
    cloneUrl: (repository) => hand.url(repository),
    base: (repository, wanted) =>
      hand.work(
        repository,
        'read',
        async (mirror, remote) =>
          await freshBase({ mirror, remote, repository, bases: hand.bases, ...wanted }),
      ),
    push: ({ repository, outcome, branch, expected }) =>
      hand.act(repository, async (mirror, remote) => {
        const bundle = outcome.bundle === null ? null : bundlePath(options.dataDir, outcome.bundle);
        return await pushWork({ mirror, remote, repository, outcome, bundle, branch, expected, limits });
      }),
    deleteBranch: (repository, branch, expected) =>
      hand.act(
        repository,
        async (mirror, remote) => await deleteBranch({ mirror, remote, branch, expected }),
      ),
  };
}

/** A worker names its bundle relative to where its outcomes lie; nothing it says leads out of there. */
function bundlePath(dataDir: string, bundle: string): string {
  const root = join(resolve(dataDir), 'outcomes');
  const path = isAbsolute(bundle) ? resolve(bundle) : join(root, bundle);
  if (path.startsWith(`${root}/`)) return path;
  throw new Terminal(`the bundle of the work lies outside of ${root}`);
}

async function freshBase(given: {
  mirror: Mirror;
  remote: Remote;
  repository: Repository;
  mustContain: readonly Sha[];
  fresh: boolean;
  bases: Map<number, number>;
}): Promise<Sha> {
  const { mirror, remote, repository, mustContain, fresh, bases } = given;
  const { repositoryId } = repository.key;
  const age = performance.now() - (bases.get(repositoryId) ?? Number.NEGATIVE_INFINITY);
  const known = !fresh && age < FRESH_MS ? await mirror.base() : null;
  if (known !== null && (await missingFrom(mirror, known, mustContain)) === null) return known;
  const began = performance.now();
  const head = await mirror.fetchBase(remote, repository.defaultBranch);
  bases.set(repositoryId, began);
  const missing = await missingFrom(mirror, head, mustContain);
  if (missing === null) return head;
  throw new Retryable(`${repository.defaultBranch} does not contain ${missing} yet`, { retryAfterMs: 2_000 });
}

async function missingFrom(mirror: Mirror, head: Sha, wanted: readonly Sha[]): Promise<Sha | null> {
  for (const one of wanted) {
    if (!(await mirror.isAncestor(one, head))) return one;
  }
  return null;
}
