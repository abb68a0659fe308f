import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Developer } from '../../src/demo/box/developers.ts';
import type { Issue } from '../../src/demo/box/issue.ts';
import type { PullRequest } from '../../src/demo/box/pull.ts';
import { type Box, startBox } from '../../src/demo/box/start.ts';
import type { RepositoryView } from '../../src/demo/box/verbs.ts';
import { Server } from './server.ts';

export interface StoryOptions {
  /** `.github/parallel.yml` on top of an `exec` agent that writes one file an issue; null: no file at all. */
  readonly policy?: Readonly<Record<string, unknown>> | string | null;
  /** The agent, as a shell script. */
  readonly agent?: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly entry?: readonly string[];
}

/** Writes a file of its own for each issue, and says so; a follow-up adds a line to it. */
export const PLAIN_AGENT =
  'echo "work on $HEDDLE_ISSUE, attempt $HEDDLE_ATTEMPT" >> "work-$HEDDLE_ISSUE.txt"; echo "wrote it"';

/** A repository `acme/shop` in a box, the App as a process of its own, and alice, who may write. */
export class Story {
  readonly box: Box;
  readonly server: Server;
  readonly shop: RepositoryView;
  readonly dataDir: string;

  private constructor(given: { box: Box; server: Server; shop: RepositoryView; dataDir: string }) {
    this.box = given.box;
    this.server = given.server;
    this.shop = given.shop;
    this.dataDir = given.dataDir;
  }

  /** Sets everything up; the server listens. End it with `ends`. */
  static async begins(options: StoryOptions = {}): Promise<Story> {
    const box = await startBox();
    const dataDir = await mkdtemp(join(tmpdir(), 'heddle-story-'));
    const shop = await box.createsRepository('acme/shop', { files: filesOf(options) });
    shop.grants('alice', 'write');
    shop.grants('bob', 'write');
    shop.grants('tess', 'triage');
    box.installsApp('acme');
    const { env, entry } = options;
    const server = new Server({ box, dataDir, ...(env ? { env } : {}), ...(entry ? { entry } : {}) });
    await server.starts();
    return new Story({ box, server, shop, dataDir });
  }

  get alice(): Developer {
    return this.shop.person('alice');
  }

  get bob(): Developer {
    return this.shop.person('bob');
  }

  /** Alice opens an issue and labels it. */
  asks(title: string, body = ''): Issue {
    const issue = this.alice.opensIssue({ title, body });
    this.alice.labels(issue, 'parallel');
    return issue;
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

  /** Reviewers approve every pull request as soon as it is ready, until told to stop. */
  approvesEverything(): () => void {
    const approved = new Set<string>();
    const timer = setInterval(() => {
      for (const pull of this.shop.repo.pulls.values()) {
        const head = `${pull.number}@${pull.head.sha}`;
        if (this.shop.issue(pull.number).state === 'open' && !pull.draft && !approved.has(head)) {
          approved.add(head);
          void this.bob.approves(pull);
        }
      }
    }, 20);
    return () => clearInterval(timer);
  }

  /** The tracking issue of the newest rolling run. */
  tracking(): Issue | undefined {
    return [...this.shop.repo.issues.values()].findLast((issue) => issue.title.startsWith('Parallel work'));
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
        throw new Error(`waited ${ms} ms for ${what}\n${this.server.output.slice(-6_000)}`);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  /** Nothing happens for a while: what must not come has had its time. */
  async quiet(ms = 1_000): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, ms));
  }

  async ends(): Promise<void> {
    await this.server.stops();
    await this.box.close();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}

function filesOf({ policy = {}, agent = PLAIN_AGENT, files = {} }: StoryOptions): Record<string, string> {
  const all: Record<string, string> = { 'README.md': '# Shop\n', ...files };
  if (policy === null) return all;
  const data =
    typeof policy === 'string'
      ? policy
      : stringify({
          agents: 'exec',
          agent: { command: ['sh', '-c', agent] },
          merge: { auto: true, approvals: 1 },
          ...policy,
        });
  return { ...all, '.github/parallel.yml': data };
}
