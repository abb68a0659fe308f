import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Retryable } from '../domain/errors.ts';
import { type Sha, sha } from '../domain/ids.ts';
import type { Repository } from '../domain/repository.ts';
import { git, tryGit } from './git.ts';
import { removeHalfPacks, removeStaleLocks, throughLocks } from './locks.ts';

/** Where the repository is talked to, and with which token. */
export interface Remote {
  readonly url: string;
  readonly token: string;
}

/** The default branch as it was last fetched. */
export const BASE = 'refs/heddle/base';

const FETCH_TIMEOUT_MS = 10 * 60_000;

/** Our own bare copies of repositories, below the data directory. One server works in them at a time. */
export class Mirrors {
  private readonly root: string;
  /** By directory: what is known to be there. */
  private readonly ready = new Map<string, Set<string>>();

  constructor(dataDir: string) {
    this.root = join(resolve(dataDir), 'mirrors');
  }

  /** The repository's mirror, made if it is missing; `git init` also mends one whose making was interrupted. */
  async open(repository: Repository): Promise<Mirror> {
    const gitDir = join(this.root, `${repository.key.repositoryId}.git`);
    const known = this.ready.get(gitDir);
    if (known) return new Mirror(gitDir, known);
    await mkdir(gitDir, { recursive: true });
    await removeStaleLocks(gitDir);
    await removeHalfPacks(gitDir);
    await throughLocks(gitDir, () => git({ gitDir, args: ['init', '--quiet', '--bare'] }));
    const seen = new Set<string>();
    this.ready.set(gitDir, seen);
    return new Mirror(gitDir, seen);
  }
}

/** Questions and changes to one mirror; all of them within the repository's turn. */
export class Mirror {
  readonly gitDir: string;
  /** Names that were seen to stand for an object here: nothing is ever collected, and the base only moves on. */
  private readonly seen: Set<string>;

  constructor(gitDir: string, seen: Set<string>) {
    this.gitDir = gitDir;
    this.seen = seen;
  }

  async git(args: readonly string[], input?: string): Promise<string> {
    return await throughLocks(this.gitDir, () =>
      git({ gitDir: this.gitDir, args, ...(input === undefined ? {} : { input }) }),
    );
  }

  /** Fetches the default branch and answers its newest commit. */
  async fetchBase(remote: Remote, branch: string): Promise<Sha> {
    await this.fetch(remote, `+refs/heads/${branch}:${BASE}`);
    return await this.base();
  }

  /** Fetches a branch of ours; where it is gone, nothing happens. */
  async fetchBranch(remote: Remote, branch: string): Promise<void> {
    const fetching = this.fetch(remote, `+refs/heads/${branch}:${branchRef(branch)}`);
    await fetching.catch((error: unknown) => {
      if (!/couldn't find remote ref/.test(String(error))) throw error;
    });
  }

  /** The default branch as it was last fetched. Throws Retryable where it never was. */
  async base(): Promise<Sha> {
    const args = ['rev-parse', '--verify', '--quiet', `${BASE}^{commit}`];
    const { exitCode, stdout } = await tryGit({ gitDir: this.gitDir, args });
    if (exitCode !== 0) throw new Retryable('the default branch has not been fetched yet');
    const commit = sha(stdout.trim());
    this.seen.add(BASE).add(commit);
    return commit;
  }

  /** Those of the names that stand for no object here. */
  async missing(names: readonly string[]): Promise<readonly string[]> {
    const asked = names.filter((name) => !this.seen.has(name));
    if (asked.length === 0) return [];
    const out = await this.git(['cat-file', '--batch-check=%(objectname)'], `${asked.join('\n')}\n`);
    const lines = out.split('\n');
    const missing = asked.filter((_, index) => lines[index]?.endsWith(' missing') ?? true);
    for (const name of asked) if (!missing.includes(name)) this.seen.add(name);
    return missing;
  }

  /** False also where one of the two is not here. */
  async isAncestor(older: Sha, newer: Sha): Promise<boolean> {
    const args = ['merge-base', '--is-ancestor', older, newer];
    return (await tryGit({ gitDir: this.gitDir, args })).exitCode === 0;
  }

  /** Sets refs, or drops those that are null, all at once. */
  async setRefs(refs: Readonly<Record<string, Sha | null>>): Promise<void> {
    const lines = Object.entries(refs).map(([ref, to]) =>
      to === null ? `delete ${ref}\n` : `update ${ref} ${to}\n`,
    );
    await this.git(['update-ref', '--stdin'], lines.join(''));
  }

  private async fetch(remote: Remote, refspec: string): Promise<void> {
    const args = [
      'fetch',
      '--quiet',
      '--no-tags',
      '--no-write-fetch-head',
      '--no-auto-maintenance',
      remote.url,
      refspec,
    ];
    const call = { gitDir: this.gitDir, args, remote, timeoutMs: FETCH_TIMEOUT_MS };
    await throughLocks(this.gitDir, () => git(call));
  }
}

/** Where the mirror keeps what GitHub has of a branch of ours. */
export const branchRef = (branch: string): string => `refs/heddle/branches/${branch}`;
