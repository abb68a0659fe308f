import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Terminal } from '../../src/domain/errors.ts';
import type { Issue } from '../../src/domain/issue.ts';
import type { FailedDelivery, GitHubApp } from '../../src/domain/ports/github-app.ts';
import type { GitHubReader } from '../../src/domain/ports/github-reader.ts';
import { openStore, type Store } from '../../src/store/open.ts';

interface Seen {
  /** Repositories with a labelled issue. */
  readonly labelled?: readonly number[];
  readonly labelledAt?: number;
  readonly failed?: readonly FailedDelivery[];
  /** What fails, by the list or by the repository's id. */
  readonly fails?: Readonly<Record<string, Error>>;
}

const unasked = (): never => {
  throw new Terminal('not there');
};

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
      return this.#seen.labelled?.includes(key.repositoryId) ? [LABELLED] : [];
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

const LABELLED: Issue = {
  id: 1,
  nodeId: 'I_1',
  number: 1,
  title: 'Work',
  body: '',
  state: 'open',
  labels: ['parallel'],
  author: 'ann',
  isPullRequest: false,
  hasParent: false,
  subIssueCount: 0,
  blockedByCount: 0,
  createdAt: 0,
  updatedAt: 0,
};

/** A reader that answers nothing. */
const UNREAD: GitHubReader = {
  repositories: unasked,
  repository: unasked,
  file: unasked,
  labelledIssues: unasked,
  issue: unasked,
  labelEvent: unasked,
  subIssues: unasked,
  blockedBy: unasked,
  blocker: unasked,
  permission: unasked,
  comments: unasked,
  lastEdits: unasked,
  lastRename: unasked,
  pull: unasked,
  reviews: unasked,
  checks: unasked,
};
