import { createHmac, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { Developer } from '../../src/demo/box/developers.ts';
import type { Issue, IssueComment } from '../../src/demo/box/issue.ts';
import { startBox } from '../../src/demo/box/start.ts';
import { Onlooker } from './onlooker.ts';
import { refuseProblems, watchExchanges } from './openapi/watch.ts';
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
while [ ! -e "$STORY_DIR/go-$HEDDLE_ISSUE" ] && [ ! -e "$STORY_DIR/go-all" ]; do sleep 0.05; done
${PLAIN_AGENT}
echo "end $HEDDLE_ISSUE" >> "$STORY_DIR/diary"`;

/** A repository `acme/shop` in a box, the App as a process of its own, and alice, who may write. */
export class Story extends Onlooker {
  readonly #problems = watchExchanges(this.box);

  /** Sets everything up; the server listens. End it with `ends`. */
  static async begins(options: StoryOptions = {}): Promise<Story> {
    const box = await startBox();
    const dataDir = await mkdtemp(join(tmpdir(), 'heddle-story-'));
    const shop = await box.createsRepository('acme/shop', { files: filesOf(options) });
    shop.grants('alice', 'write');
    shop.grants('bob', 'write');
    shop.grants('tess', 'triage');
    box.installsApp('acme');
    const { entry } = options;
    const env = { STORY_DIR: dataDir, HEDDLE_ENV_ALLOW: 'STORY_DIR', ...options.env };
    const server = new Server({ box, dataDir, env, ...(entry ? { entry } : {}) });
    const story = new Story({ box, server, shop, dataDir });
    await server.starts();
    return story;
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

  /** Opens an issue that nobody asks to be worked on. */
  opens(title: string, body = ''): Issue {
    return this.alice.opensIssue({ title, body });
  }

  /** Somebody comments, and the App answers: with its reaction, and the words if there are any. */
  async says(
    issue: Issue,
    body: string,
    who: Developer = this.alice,
  ): Promise<{ readonly reaction: 'rocket' | 'confused'; readonly reply: string }> {
    const comment = who.comments(issue, body);
    const reaction = await this.until(`an answer to ${body}`, () =>
      reactionsOn(comment).find((content) => content === 'rocket' || content === 'confused'),
    );
    const reply = this.shop
      .commentsOn(issue)
      .filter(({ id, author }) => id > comment.id && author === 'heddle[bot]');
    return {
      reaction: reaction === 'rocket' ? 'rocket' : 'confused',
      reply: reply.map(({ body }) => body).join('\n'),
    };
  }

  /** Lets the held agent of an issue end its work; all of them without one. */
  async lets(issue?: Issue): Promise<void> {
    await writeFile(join(this.dataDir, `go-${issue?.number ?? 'all'}`), '');
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

  /** Sends a webhook; with another secret, its signature is wrong. Answers the status. */
  async delivers(
    event: string,
    payload: unknown,
    how: { readonly id?: string; readonly secret?: string } = {},
  ): Promise<number> {
    const body = JSON.stringify(payload);
    const signature = createHmac('sha256', how.secret ?? 'box-secret')
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

  /** Fails where the App or the box has said something that GitHub would not understand or not say. */
  async ends(): Promise<void> {
    await this.server.stops();
    await this.box.close();
    await rm(this.dataDir, { recursive: true, force: true });
    refuseProblems(this.#problems);
  }
}

const reactionsOn = (comment: IssueComment): readonly string[] =>
  comment.reactions.map(({ content }) => content);

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
