import type { ActionResult } from '../domain/effect.ts';
import { Terminal } from '../domain/errors.ts';
import type { Sha } from '../domain/ids.ts';
import type { Repository } from '../domain/repository.ts';
import { type Mirror, Mirrors, type Remote } from './mirror.ts';
import { classified, isUnknownToken } from './remote.ts';
import { Turns } from './turns.ts';

export interface HandOptions {
  /** Mirrors lie in `mirrors/`, bundles of outcomes in `outcomes/`, what surveys found in `surveys/`. */
  readonly dataDir: string;
  /** `https` and `github.com`, or an enterprise server's. */
  readonly host: { readonly protocol: string; readonly host: string };
  /** A token that is good for this repository alone; `refresh`: GitHub did not take the last one. */
  readonly token: (repository: Repository, access: 'read' | 'write', refresh: boolean) => Promise<string>;
}

type Work<T> = (mirror: Mirror, remote: Remote) => Promise<T>;

/** Opens mirrors, fetches tokens, gives turns and classes errors: the same for all that is done. */
export class Hand {
  private readonly options: HandOptions;
  private readonly mirrors: Mirrors;
  private readonly turns = new Turns();
  /** When each repository's default branch was fetched last, by this process's own clock. */
  readonly bases = new Map<number, number>();

  constructor(options: HandOptions) {
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

  /** The default branch, fetched now unless it was within the time, and where its objects lie. */
  async base(
    repository: Repository,
    maxAgeMs: number,
  ): Promise<{ readonly gitDir: string; readonly commit: Sha }> {
    return await this.work(repository, 'read', async (mirror, remote) => {
      const began = performance.now();
      const age = began - (this.bases.get(repository.key.repositoryId) ?? Number.NEGATIVE_INFINITY);
      if (age < maxAgeMs) return { gitDir: mirror.gitDir, commit: await mirror.base() };
      const commit = await mirror.fetchBase(remote, repository.defaultBranch);
      this.bases.set(repository.key.repositoryId, began);
      return { gitDir: mirror.gitDir, commit };
    });
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
