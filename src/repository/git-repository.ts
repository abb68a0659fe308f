import { isAbsolute, join, resolve } from 'node:path';
import type { ActionResult } from '../domain/effect.ts';
import { Retryable, Terminal } from '../domain/errors.ts';
import type { Sha } from '../domain/ids.ts';
import type { GitRepository } from '../domain/ports/work.ts';
import type { Repository } from '../domain/repository.ts';
import { deleteBranch } from './delete-branch.ts';
import { LIMITS, type Limits } from './inspect.ts';
import { type Mirror, Mirrors, type Remote } from './mirror.ts';
import { pushWork } from './push.ts';
import { classified, isUnknownToken } from './remote.ts';
import { Turns } from './turns.ts';

export interface GitRepositoryOptions {
  /** Mirrors lie in `mirrors/`, bundles of outcomes in `outcomes/`. */
  readonly dataDir: string;
  /** `https` and `github.com`, or an enterprise server's. */
  readonly host: { readonly protocol: string; readonly host: string };
  /** A token that is good for this repository alone; `refresh`: GitHub did not take the last one. */
  readonly token: (repository: Repository, access: 'read' | 'write', refresh: boolean) => Promise<string>;
  readonly limits?: Partial<Limits>;
}

/** Several tasks that start together share one fetch. */
const FRESH_MS = 1_000;

export function createGitRepository(options: GitRepositoryOptions): GitRepository {
  const limits = { ...LIMITS, ...options.limits };
  const hand = new Hand(options);
  const bases = new Map<number, number>();
  return {
    cloneUrl: (repository) => hand.url(repository),
    base: (repository, wanted) =>
      hand.work(
        repository,
        'read',
        async (mirror, remote) => await freshBase({ mirror, remote, repository, bases, ...wanted }),
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
  /** When each repository's default branch was fetched last. */
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

type Work<T> = (mirror: Mirror, remote: Remote) => Promise<T>;

/** Opens mirrors, fetches tokens, gives turns and classes errors: the same for all that is done. */
class Hand {
  private readonly options: GitRepositoryOptions;
  private readonly mirrors: Mirrors;
  private readonly turns = new Turns();

  constructor(options: GitRepositoryOptions) {
    this.options = options;
    this.mirrors = new Mirrors(options.dataDir);
  }

  url({ owner, name }: Repository): string {
    const { protocol, host } = this.options.host;
    return `${protocol}://${host}/${encodeURIComponent(owner)}/${encodeURIComponent(name)}.git`;
  }

  /** What needs no network. */
  async look<T>(repository: Repository, look: (mirror: Mirror) => Promise<T>): Promise<T> {
    try {
      return await this.turns.take(
        repository.key.repositoryId,
        async () => await look(await this.mirrors.open(repository)),
      );
    } catch (error) {
      throw classified(error);
    }
  }

  async work<T>(repository: Repository, access: 'read' | 'write', work: Work<T>): Promise<T> {
    return await this.look(repository, (mirror) =>
      this.withToken(repository, access, (remote) => work(mirror, remote)),
    );
  }

  /** Whom GitHub does not know it does nothing for: so a second try with a new token is safe, also of a push. */
  private async withToken<T>(
    repository: Repository,
    access: 'read' | 'write',
    work: (remote: Remote) => Promise<T>,
  ): Promise<T> {
    const url = this.url(repository);
    try {
      return await work({ url, token: await this.options.token(repository, access, false) });
    } catch (error) {
      if (!isUnknownToken(error)) throw error;
    }
    return await work({ url, token: await this.options.token(repository, access, true) });
  }

  /** A change of a branch: what is final is an answer, not an error. */
  async act(repository: Repository, work: Work<ActionResult>): Promise<ActionResult> {
    try {
      return await this.work(repository, 'write', work);
    } catch (error) {
      if (!(error instanceof Terminal)) throw error;
      return { kind: 'refused', message: error.message, stale: error.stale };
    }
  }
}
