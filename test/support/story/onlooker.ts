import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Box } from '../../../src/demo/box/start.ts';
import { isElsewhere } from '../github/elsewhere.ts';
import type { Repository } from '../github/repository.ts';
import type { Site } from '../github/site.ts';
import type { Issue, Numbered, Pull } from '../github/things.ts';
import { Ledger } from '../ledger.ts';
import type { Server } from './server.ts';

/** How often a story looks, and how long it waits for something: another server is farther away. */
export const POLL_MS = isElsewhere ? 250 : 50;
const PATIENCE_MS = isElsewhere ? 60_000 : 90_000;

type Seen<T> = T | undefined | null | false;

/** Sees what happens in a story, and waits for what is to come. */
export class Onlooker {
  readonly site: Site;
  readonly server: Server;
  readonly shop: Repository;
  readonly dataDir: string;

  protected constructor(given: { site: Site; server: Server; shop: Repository; dataDir: string }) {
    this.site = given.site;
    this.server = given.server;
    this.shop = given.shop;
    this.dataDir = given.dataDir;
  }

  /** What only the box can do: faults, its clock, its log. Not on another server: skip the test there. */
  get box(): Box {
    const { box, host } = this.site;
    if (!box) throw new Error(`${host} is not a box: mark the test with skipIf(isElsewhere)`);
    return box;
  }

  /** The task's newest pull request. */
  async pullOf(issue: Numbered): Promise<Pull | undefined> {
    const pulls = await this.shop.pulls();
    return pulls.findLast(({ head }) => head.ref.startsWith(`parallel/${issue.number}-`));
  }

  /** Waits for the task's pull request to leave draft. */
  async pullIsReady(issue: Numbered): Promise<Pull> {
    return await this.until(`a ready pull request for #${issue.number}`, async () => {
      const pull = await this.pullOf(issue);
      return pull && !pull.isDraft && pull;
    });
  }

  async landed(...issues: readonly Numbered[]): Promise<void> {
    for (const issue of issues) {
      await this.until(`#${issue.number} to land`, async () => {
        const pull = await this.pullOf(issue);
        return pull?.isMerged && (await this.shop.issue(issue)).state === 'closed';
      });
    }
  }

  /** The tracking issue of the newest rolling run. */
  async tracking(): Promise<Issue | undefined> {
    return (await this.shop.issues()).findLast(({ title }) => title.startsWith('Parallel work'));
  }

  /** The task's line in the tracking text. */
  async row(issue: Numbered, text?: string): Promise<string> {
    const tracking = text ?? (await this.tracking())?.body ?? '';
    return tracking.split('\n').find((line) => line.startsWith(`| #${issue.number} `)) ?? '';
  }

  /** Waits until the tracking text says so. */
  async tracked(...words: readonly (string | RegExp)[]): Promise<string> {
    return await this.until(`the tracking issue to say ${words.join(', ')}`, async () => {
      const body = (await this.tracking())?.body ?? '';
      const says = (word: string | RegExp): boolean =>
        typeof word === 'string' ? body.includes(word) : word.test(body);
      return words.every(says) && body;
    });
  }

  /** Waits until the newest rolling run has closed its tracking issue. */
  async runEnds(): Promise<Issue> {
    return await this.until('the run to end', async () => {
      const tracking = await this.tracking();
      return tracking?.state === 'closed' && tracking;
    });
  }

  /** The state that the issue's label shows: `running`, `blocked`. */
  async state(issue: Numbered): Promise<string> {
    const labels = await this.shop.labelsOn(issue);
    return labels.find((name) => name.startsWith('parallel:'))?.replace('parallel:', '') ?? '';
  }

  async becomes(state: string, ...issues: readonly Numbered[]): Promise<void> {
    for (const issue of issues)
      await this.until(`#${issue.number} to be ${state}`, async () => (await this.state(issue)) === state);
  }

  async comments(issue: Numbered): Promise<readonly string[]> {
    return (await this.shop.commentsOn(issue)).map(({ body }) => body);
  }

  /** What the App itself wrote on an issue or pull request. */
  async said(issue: Numbered): Promise<readonly string[]> {
    const comments = await this.shop.commentsOn(issue);
    return comments.filter(({ author }) => author === this.site.app.login).map(({ body }) => body);
  }

  /** Waits until the App has said something there, or something like it. */
  async tells(issue: Numbered, words: string | RegExp = ''): Promise<string> {
    return await this.until(`the App to say ${words || 'something'} on #${issue.number}`, async () =>
      (await this.said(issue)).find((text) =>
        typeof words === 'string' ? text.includes(words) : words.test(text),
      ),
    );
  }

  /** What held agents wrote down: `begin 3`, `end 3`, in the order in which it happened. */
  async diary(): Promise<readonly string[]> {
    const text = await readFile(join(this.dataDir, 'diary'), 'utf8').catch(() => '');
    return text.split('\n').filter((line) => line !== '');
  }

  async workBegins(...issues: readonly Numbered[]): Promise<void> {
    for (const { number } of issues) {
      await this.until(`the work on #${number} to begin`, async () =>
        (await this.diary()).includes(`begin ${number}`),
      );
    }
  }

  /** How often the App has looked at the repository: every look reads the new comments once. */
  looks(): number {
    return this.#appCalls().filter(({ path }) => path.endsWith('/issues/comments')).length;
  }

  /**
   * Every webhook is answered and looked at, everything that is to be written is written, and the App has asked GitHub
   * for nothing more for a while: what must not come has had its time, on a slow machine too.
   */
  async settles(): Promise<void> {
    if (isElsewhere) await this.quiet(3_000);
    const ledger = new Ledger(this.dataDir);
    for (let before = -1; before !== this.#calls(); ) {
      await this.site.box?.idle();
      await this.until('the App to have nothing to do', () => ledger.isIdle());
      before = this.#calls();
      await this.quiet(450);
    }
  }

  /** Waits until the server has printed this: what it prints comes by a pipe, beside everything else. */
  async prints(words: string): Promise<void> {
    await this.until(`the server to print ${words}`, () => this.server.output.includes(words));
  }

  /** Waits for something to be so; fails with what the server printed. */
  async until<T>(what: string, look: () => Seen<T> | Promise<Seen<T>>, ms = PATIENCE_MS): Promise<T> {
    const end = Date.now() + ms;
    for (;;) {
      const before = this.writes;
      const seen = await look();
      if (seen) return seen;
      if (Date.now() > end) throw new Error(`waited ${ms} ms for ${what}\n${await this.#scene()}`);
      await this.stirs(before);
    }
  }

  /** How much has been written to a box; elsewhere nobody knows. */
  get writes(): number {
    return this.site.box?.calls.all.filter(({ method }) => method !== 'GET').length ?? 0;
  }

  /** It is time for another look: somebody has written since, or it has been a while. Looks are half the work of a story. */
  async stirs(before: number): Promise<void> {
    for (let rest = this.site.box ? 5 : 1; rest > 0; rest--) {
      await wait(POLL_MS);
      if (this.writes !== before) return;
    }
  }

  /** Nothing happens for a while: what must not come has had its time. */
  async quiet(ms = 1_000): Promise<void> {
    await wait(ms);
  }

  async #scene(): Promise<string> {
    return `${(await this.tracking())?.body}\n${this.server.lastWords}`;
  }

  #calls(): number {
    return this.site.box ? this.#appCalls().length : 0;
  }

  #appCalls() {
    return this.box.calls.all.filter(({ actor }) => actor === this.site.app.login);
  }
}
