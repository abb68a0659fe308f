import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FailedDelivery, GitHubApp } from '../../src/domain/ports/github-app.ts';
import type { GitHubReader } from '../../src/domain/ports/github-reader.ts';
import { openStore, type Store } from '../../src/store/open.ts';
import { anIssue, UNREAD } from './builders.ts';

interface Seen {
  /** Repositories with a labelled issue. */
  readonly labelled?: readonly number[];
  readonly labelledAt?: number;
  readonly failed?: readonly FailedDelivery[];
  /** What fails, by the list or by the repository's id. */
  readonly fails?: Readonly<Record<string, Error>>;
}

/** An imagined GitHub, as one App sees it: installations with their repositories, by ids. */
export class Installed {
  readonly #repositories: Readonly<Record<number, readonly number[]>>;
  readonly #seen: Seen;
  readonly #dataDir = mkdtempSync(join(tmpdir(), 'heddle-sweep-'));
  #store: Store | null = null;
  #hasRecovered = false;

  constructor(repositories: Readonly<Record<number, readonly number[]>>, seen: Seen = {}) {
    this.#repositories = repositories;
    this.#seen = seen;
  }

  readonly app: GitHubApp = {
    login: async () => 'heddle[bot]',
    installationOf: async () => null,
    installations: async () => {
      this.#may('installations');
      return Object.keys(this.#repositories).map(Number);
    },
    deliveries: async (since) => {
      this.#may('deliveries');
      const failed = (this.#seen.failed ?? []).filter(({ at }) => at >= since);
      return { failed, upTo: Math.max(since, ...failed.map(({ at }) => at)) };
    },
  };

  readonly reader = (installationId: number): GitHubReader => ({
    ...UNREAD,
    repositories: async () =>
      (this.#repositories[installationId] ?? []).map((repositoryId) => ({
        key: { installationId, repositoryId },
        owner: 'acme',
        name: `r${repositoryId}`,
        defaultBranch: 'main',
        readOnly: false,
      })),
    labelledIssues: async ({ key }) => {
      this.#may(key.repositoryId);
      return this.#seen.labelled?.includes(key.repositoryId) ? [anIssue()] : [];
    },
    labelEvent: async () => ({ id: 1, actor: 'ann', at: this.#seen.labelledAt ?? 0 }),
  });

  /** Nothing fails any more. */
  recovers(): void {
    this.#hasRecovered = true;
  }

  async opensStore(now: number): Promise<Store> {
    await this.#store?.close();
    this.#store = await openStore({ dataDir: this.#dataDir, now: () => now });
    return this.#store;
  }

  async remove(): Promise<void> {
    await this.#store?.close();
    rmSync(this.#dataDir, { recursive: true, force: true });
  }

  #may(what: string | number): void {
    const error = this.#seen.fails?.[what];
    if (error && !this.#hasRecovered) throw error;
  }
}
