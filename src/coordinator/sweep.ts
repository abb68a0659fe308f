/*
 * What this file prevents: the first webhook of a repository is lost (nobody listened, or GitHub never sent it), and the
 * work that it told of waits for an event that may never come. Repositories that the store knows of are looked at without
 * any event; here the others are found: by GitHub's list of what it could not deliver, and by one conditional request to
 * each for labelled issues, which also finds what no list tells of.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { Retryable } from '../domain/errors.ts';
import { keyText, type RepositoryKey } from '../domain/ids.ts';
import { PARALLEL_LABEL } from '../domain/issue.ts';
import type { GitHubApp } from '../domain/ports/github-app.ts';
import type { GitHubReader } from '../domain/ports/github-reader.ts';
import type { Inbox } from '../domain/ports/store.ts';
import type { Repository } from '../domain/repository.ts';
import type { Trace } from '../domain/trace.ts';

export interface SweepTools {
  readonly app: GitHubApp;
  readonly github: (installationId: number) => GitHubReader;
  readonly inbox: Inbox;
  readonly trace: Trace;
  readonly now: () => number;
  /** Between two repositories that are asked, milliseconds: never a burst. */
  readonly pauseMs: number;
}

export interface SweepRequest {
  /** Failed deliveries are looked for from here on (GitHub's clock, milliseconds). */
  readonly since: number;
  /** There is something to see in the repository. */
  readonly onDue: (key: RepositoryKey) => void;
  readonly signal: AbortSignal;
}

/** GitHub keeps its deliveries for three days; commands that are older are nobody's wish any more. */
export const LOOK_BACK_MS = 3 * 24 * 60 * 60_000;

export interface SweepResult {
  /** Whether all could be asked; what could not be is left for the next sweep. */
  readonly isComplete: boolean;
  /** Up to when GitHub's deliveries were looked through (GitHub's clock, milliseconds); null: they could not be read. */
  readonly upTo: number | null;
}

/** Looks for work in all repositories of all installations. Never rejects: what goes wrong is traced. */
export async function sweep(tools: SweepTools, request: SweepRequest): Promise<SweepResult> {
  const one = new Sweep(tools, request);
  const upTo = await one.run();
  return { isComplete: one.isComplete, upTo };
}

class Sweep {
  readonly #tools: SweepTools;
  readonly #request: SweepRequest;
  isComplete = true;
  #isLimited = false;
  readonly #due = new Set<number>();

  constructor(tools: SweepTools, request: SweepRequest) {
    this.#tools = tools;
    this.#request = request;
  }

  /** Answers up to when deliveries were read. */
  async run(): Promise<number | null> {
    const { inbox } = this.#tools;
    const known = (await this.#try('known repositories', () => knownKeys(inbox))) ?? [];
    const installed = await this.#installed(known);
    const all = installed.flat();
    await this.#try('moved repositories', () => inbox.follow(all.map(({ key }) => key)));
    const upTo = await this.#try('deliveries', () => this.#takeFailedDeliveries(all));
    const used = new Set(known.map(keyText));
    for (const repositories of installed)
      await this.#ask(repositories.filter((one) => !one.readOnly && !used.has(keyText(one.key))));
    return upTo;
  }

  /** The repositories of each installation. Where GitHub does not list the installations, of those that are known. */
  async #installed(known: readonly RepositoryKey[]): Promise<readonly (readonly Repository[])[]> {
    const { app, github } = this.#tools;
    const listed = await this.#try('installations', () => app.installations());
    const ids = new Set(listed ?? known.map((key) => key.installationId));
    const installed: (readonly Repository[])[] = [];
    for (const id of ids)
      installed.push((await this.#try(`installation ${id}`, () => github(id).repositories())) ?? []);
    return installed;
  }

  /** Under the installation that the repository has now, whatever it was when the webhook was lost. */
  async #takeFailedDeliveries(installed: readonly Repository[]): Promise<number> {
    const { app, inbox } = this.#tools;
    const keys = new Map(installed.map(({ key }) => [key.repositoryId, key]));
    const { failed, upTo } = await app.deliveries(this.#request.since);
    for (const { id, event, repositoryId, at } of failed) {
      const key = keys.get(repositoryId);
      if (key && (await inbox.receive({ id, event, key }, at)))
        this.#found(key, `${event} was not delivered`);
    }
    return upTo;
  }

  /** Those of one installation, which has one rate limit: once that is reached, the others wait for the next time. */
  async #ask(repositories: readonly Repository[]): Promise<void> {
    const { pauseMs } = this.#tools;
    const { signal } = this.#request;
    for (const repository of repositories) {
      if (signal.aborted) return;
      this.#isLimited = false;
      await this.#try(`${repository.owner}/${repository.name}`, () => this.#askOne(repository));
      if (this.#isLimited) return;
      await sleep(pauseMs, undefined, { signal }).catch(() => {});
    }
  }

  /** Stored like a webhook that came when the label was set: commands count from then on. */
  async #askOne(repository: Repository): Promise<void> {
    const { github, inbox } = this.#tools;
    const { key } = repository;
    const reader = github(key.installationId);
    const issues = await reader.labelledIssues(repository, PARALLEL_LABEL);
    if (issues.length === 0) return;
    const since = await this.#labelledSince(reader, repository, issues);
    await inbox.receive({ id: `labelled/${keyText(key)}`, event: 'issues', key }, since);
    this.#found(key, 'labelled issues');
  }

  async #labelledSince(
    reader: GitHubReader,
    repository: Repository,
    issues: readonly { readonly number: number }[],
  ): Promise<number> {
    const earliest = this.#tools.now() - LOOK_BACK_MS;
    let since = this.#tools.now();
    for (const { number } of issues) {
      if (since <= earliest) return earliest;
      const event = await reader.labelEvent(repository, number, PARALLEL_LABEL);
      since = Math.min(since, event?.at ?? since);
    }
    return Math.max(since, earliest);
  }

  #found(key: RepositoryKey, why: string): void {
    if (this.#due.has(key.repositoryId)) return;
    this.#due.add(key.repositoryId);
    this.#tools.trace({ kind: 'sweep', phase: 'found', key, why });
    this.#request.onDue(key);
  }

  /** Null: it failed. What no further try can change is no reason to sweep again soon. */
  async #try<T>(what: string, work: () => Promise<T>): Promise<T | null> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Retryable) this.isComplete = false;
      if (error instanceof Retryable && error.retryAfterMs !== null) this.#isLimited = true;
      this.#tools.trace({ kind: 'sweep', phase: 'failed', what, error });
      return null;
    }
  }
}

/** Those that are looked at without any event. */
const knownKeys = async (inbox: Inbox): Promise<readonly RepositoryKey[]> => [
  ...(await inbox.openKeys()),
  ...(await inbox.usedKeys()),
];
