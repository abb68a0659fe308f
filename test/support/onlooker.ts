import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Issue } from '../../src/demo/box/issue.ts';
import type { PullRequest } from '../../src/demo/box/pull.ts';
import type { Box } from '../../src/demo/box/start.ts';
import type { RepositoryView } from '../../src/demo/box/verbs.ts';
import type { Server } from './server.ts';

/** Sees what happens in a story, and waits for what is to come. */
export class Onlooker {
  readonly box: Box;
  readonly server: Server;
  readonly shop: RepositoryView;
  readonly dataDir: string;

  protected constructor(given: { box: Box; server: Server; shop: RepositoryView; dataDir: string }) {
    this.box = given.box;
    this.server = given.server;
    this.shop = given.shop;
    this.dataDir = given.dataDir;
  }

  /** The task's newest pull request. */
  pullOf(issue: Issue): PullRequest | undefined {
    return [...this.shop.repo.pulls.values()].findLast((pull) =>
      pull.head.ref.startsWith(`parallel/${issue.number}-`),
    );
  }

  /** Waits for the task's pull request to leave draft. */
  async pullIsReady(issue: Issue): Promise<PullRequest> {
    return await this.until(`a ready pull request for #${issue.number}`, () => {
      const pull = this.pullOf(issue);
      return pull && !pull.draft ? pull : undefined;
    });
  }

  async landed(...issues: readonly Issue[]): Promise<void> {
    for (const issue of issues) {
      await this.until(
        `#${issue.number} to land`,
        () => this.pullOf(issue)?.mergedAt && this.shop.issue(issue.number).state === 'closed',
      );
    }
  }

  /** The tracking issue of the newest rolling run. */
  tracking(): Issue | undefined {
    return [...this.shop.repo.issues.values()].findLast((issue) => issue.title.startsWith('Parallel work'));
  }

  /** The task's line in the tracking text. */
  row(issue: Issue, tracking = this.tracking()?.body ?? ''): string {
    return tracking.split('\n').find((line) => line.startsWith(`| #${issue.number} `)) ?? '';
  }

  /** Waits until the tracking text says so. */
  async tracked(...words: readonly (string | RegExp)[]): Promise<string> {
    return await this.until(`the tracking issue to say ${words.join(', ')}`, () => {
      const body = this.tracking()?.body ?? '';
      const says = (word: string | RegExp): boolean =>
        typeof word === 'string' ? body.includes(word) : word.test(body);
      return words.every(says) && body;
    });
  }

  /** The state that the issue's label shows: `running`, `blocked`. */
  state(issue: Issue): string {
    const label = this.shop.labelsOn(issue).find((name) => name.startsWith('parallel:')) ?? '';
    return label.replace('parallel:', '');
  }

  async becomes(state: string, ...issues: readonly Issue[]): Promise<void> {
    for (const issue of issues)
      await this.until(`#${issue.number} to be ${state}`, () => this.state(issue) === state);
  }

  comments(issue: Issue): readonly string[] {
    return this.shop.commentsOn(issue).map((comment) => comment.body);
  }

  /** What the App itself wrote on an issue or pull request. */
  said(issue: Issue): readonly string[] {
    return this.shop
      .commentsOn(issue)
      .filter((comment) => comment.author === 'heddle[bot]')
      .map((comment) => comment.body);
  }

  /** What held agents wrote down: `begin 3`, `end 3`, in the order in which it happened. */
  async diary(): Promise<readonly string[]> {
    const text = await readFile(join(this.dataDir, 'diary'), 'utf8').catch(() => '');
    return text.split('\n').filter((line) => line !== '');
  }

  async workBegins(...issues: readonly Issue[]): Promise<void> {
    for (const { number } of issues) {
      await this.until(`the work on #${number} to begin`, async () =>
        (await this.diary()).includes(`begin ${number}`),
      );
    }
  }

  /** How often the App has looked at the repository: every look reads the new comments once. */
  looks(): number {
    return this.box.calls.all.filter(({ path }) => path.endsWith('/repos/acme/shop/issues/comments')).length;
  }

  /** Every webhook is answered, and the App has asked GitHub for nothing more for a while. */
  async settles(): Promise<void> {
    await this.box.idle();
    for (let before = -1; before !== this.box.calls.all.length; ) {
      before = this.box.calls.all.length;
      await this.quiet(450);
    }
  }

  /** Waits for something to be so; fails with what the server printed. */
  async until<T>(
    what: string,
    look: () => T | undefined | null | false | Promise<T | undefined | null | false>,
    ms = 30_000,
  ): Promise<T> {
    const end = Date.now() + ms;
    for (;;) {
      const seen = await look();
      if (seen) return seen;
      if (Date.now() > end)
        throw new Error(`waited ${ms} ms for ${what}\n${this.tracking()?.body}\n${this.#lastWords()}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** What the server printed last, without its log of webhooks. */
  #lastWords(): string {
    const lines = this.server.output.split('\n').filter((line) => !line.includes('"name":"http"'));
    return lines.slice(-40).join('\n');
  }

  /** Nothing happens for a while: what must not come has had its time. */
  async quiet(ms = 1_000): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms));
  }
}
