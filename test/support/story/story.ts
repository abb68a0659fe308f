import { createHmac, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { stringify } from 'yaml';
import { createRepository, openSite } from '../github/open.ts';
import type { Person } from '../github/person.ts';
import type { Repository } from '../github/repository.ts';
import type { Comment, Issue, Numbered } from '../github/things.ts';
import { Onlooker } from './onlooker.ts';
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

/** Begins its work, and says when in `$STORY_DIR/diary`; ends it when the story `lets` it. */
export const HELD_AGENT = `
echo "begin $HEDDLE_ISSUE" >> "$STORY_DIR/diary"
while [ ! -e "$STORY_DIR/go-$HEDDLE_ISSUE" ] && [ ! -e "$STORY_DIR/go-all" ]; do sleep 0.1; done
${PLAIN_AGENT}
echo "end $HEDDLE_ISSUE" >> "$STORY_DIR/diary"`;

/**
 * A new repository on the server under test, the App as a process of its own, and people: alice and bob may write, tess
 * may triage, everybody else may read. All of it goes by GitHub's own API; what only the box can do is behind `box`.
 */
export class Story extends Onlooker {
  readonly #helpers: (() => Promise<void>)[] = [];
  readonly #more: Repository[] = [];

  /** Sets everything up; the App listens. End it with `ends`. */
  static async begins(options: StoryOptions = {}): Promise<Story> {
    const site = await openSite();
    const dataDir = await mkdtemp(join(tmpdir(), 'heddle-story-'));
    const shop = await createRepository(site, { name: 'shop', files: filesOf(options) });
    await Promise.all([
      shop.grants('alice', 'write'),
      shop.grants('bob', 'write'),
      shop.grants('tess', 'triage'),
    ]);
    const { entry } = options;
    const env = { STORY_DIR: dataDir, HEDDLE_ENV_ALLOW: 'STORY_DIR', ...options.env };
    const server = new Server({ site, dataDir, env, ...(entry ? { entry } : {}) });
    const story = new Story({ site, server, shop, dataDir });
    await server.starts();
    return story;
  }

  get alice(): Person {
    return this.shop.person('alice');
  }

  get bob(): Person {
    return this.shop.person('bob');
  }

  /** Alice opens an issue and labels it. */
  async asks(title: string, body = ''): Promise<Issue> {
    const issue = await this.opens(title, body);
    await this.alice.labels(issue, 'parallel');
    return issue;
  }

  /** Opens an issue that nobody asks to be worked on. */
  async opens(title: string, body = ''): Promise<Issue> {
    return await this.alice.opensIssue({ title, body });
  }

  /** Somebody comments, and the App answers: with its reaction, and the words if there are any. */
  async says(
    issue: Numbered,
    body: string,
    who: Person = this.alice,
  ): Promise<{ readonly reaction: 'rocket' | 'confused'; readonly reply: string }> {
    const comment = await who.comments(issue, body);
    const reaction = await this.until(`an answer to ${body}`, () => this.#answerTo(comment));
    const { login } = this.site.app;
    const later = (await this.shop.commentsOn(issue)).filter(({ id }) => id > comment.id);
    const reply = later.filter(({ author }) => author === login).map((one) => one.body);
    return { reaction, reply: reply.join('\n') };
  }

  /** Another repository of the same organization, which nobody has asked anything of. */
  async createsRepository(name: string, options: StoryOptions = { policy: null }): Promise<Repository> {
    const made = await createRepository(this.site, { name, files: filesOf(options) });
    this.#more.push(made);
    return made;
  }

  /** Time passes: at once in a box. */
  async passes(milliseconds: number): Promise<void> {
    if (this.site.box) this.site.box.clock.advance(milliseconds);
    else await wait(milliseconds);
  }

  /** Lets the held agent of an issue end its work; all of them without one. */
  async lets(issue?: Numbered): Promise<void> {
    await writeFile(join(this.dataDir, `go-${issue?.number ?? 'all'}`), '');
  }

  /** Bob approves every pull request as soon as it is ready, until told to stop. */
  approvesEverything(): () => Promise<void> {
    const approved = new Set<string>();
    return this.#meanwhile(async () => {
      for (const pull of await this.shop.pulls()) {
        const head = `${pull.number}@${pull.head.sha}`;
        if (pull.state !== 'open' || pull.isDraft || approved.has(head)) continue;
        approved.add(head);
        await this.bob.approves(pull);
      }
    });
  }

  /** Sends a webhook; with another secret, its signature is wrong. Answers the status. */
  async delivers(
    event: string,
    payload: unknown,
    how: { readonly id?: string; readonly secret?: string } = {},
  ): Promise<number> {
    const body = JSON.stringify(payload);
    const signature = createHmac('sha256', how.secret ?? this.site.app.webhookSecret)
      .update(body)
      .digest('hex');
    const headers = {
      'content-type': 'application/json',
      'x-github-delivery': how.id ?? randomUUID(),
      'x-github-event': event,
      'x-hub-signature-256': `sha256=${signature}`,
    };
    return (await fetch(this.server.webhookUrl, { method: 'POST', body, headers })).status;
  }

  /** Fails where somebody or the box has said what GitHub would not understand or not say. */
  async ends(): Promise<void> {
    for (const stop of this.#helpers) await stop().catch(() => {});
    await this.server.stops();
    if (!this.site.box) for (const each of [this.shop, ...this.#more]) await each.deletes();
    await rm(this.dataDir, { recursive: true, force: true });
    await this.site.close();
  }

  /** The App's reaction to a comment, once it has carried it out or refused. */
  async #answerTo(comment: Comment): Promise<'rocket' | 'confused' | undefined> {
    const reactions = await this.shop.reactionsOn(comment);
    const has = (content: string) => reactions.includes(`${this.site.app.login}: ${content}`);
    if (has('rocket')) return 'rocket';
    return has('confused') ? 'confused' : undefined;
  }

  /** Does something again and again beside the story; what goes wrong with it is thrown when it is told to stop. */
  #meanwhile(work: () => Promise<void>): () => Promise<void> {
    let isOn = true;
    const going = (async () => {
      for (let before = this.writes; isOn; await this.stirs(before)) {
        before = this.writes;
        await work();
      }
    })();
    going.catch(() => {});
    const stop = async () => {
      isOn = false;
      await going;
    };
    this.#helpers.push(stop);
    return stop;
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
