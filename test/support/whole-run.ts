import type { Issue, Pull } from './github/things.ts';
import { Ledger } from './ledger.ts';
import { PLAIN_AGENT, Story, type StoryOptions } from './story/story.ts';
import { viewWorld, type WorldView } from './world.ts';

/** What is left at the end of a run: GitHub as people see it, and the attempts that it took. */
export interface RunEnd {
  readonly world: WorldView;
  readonly attempts: readonly string[];
}

export interface WholeRunOptions extends Pick<StoryOptions, 'agent' | 'env'> {
  /** The events at which the server dies: the first one in its first life, and so on. */
  readonly dieAt?: readonly string[];
  /** Before anything is asked for: to switch faults on. */
  readonly before?: (story: Story) => void;
  /** How long it stays dead each time; milliseconds. */
  readonly downMs?: number;
  /** While the run goes on, beside the people. */
  readonly during?: (run: WholeRun) => Promise<void>;
}

/** Far more than a run takes; a busy machine is no failure. */
const PATIENCE_MS = 240_000;

/** The entry of a server that dies at the event that HEDDLE_DIE_AT names. */
export const DYING_SERVER = ['test/support/dying-server.mjs'];

/**
 * One whole run: a chain of two tasks and one beside it, a question, a review that asks for a change with a comment on a
 * line, approvals, squash merges. The server may die as often as it likes; it is started again each time.
 */
export class WholeRun {
  readonly story: Story;
  readonly ledger: Ledger;
  readonly #dieAt: readonly string[];
  readonly #downMs: number;
  #deaths = 0;

  private constructor(story: Story, { dieAt = [], downMs = 0 }: WholeRunOptions) {
    this.story = story;
    this.ledger = new Ledger(story.dataDir);
    this.#dieAt = dieAt;
    this.#downMs = downMs;
  }

  /** How often the server died of itself. */
  get deaths(): number {
    return this.#deaths;
  }

  /** Goes through the whole run and answers what is left; `check` looks on before everything is removed. */
  static async goes(options: WholeRunOptions = {}, check?: (run: WholeRun) => unknown): Promise<RunEnd> {
    const { dieAt = [], agent = PLAIN_AGENT } = options;
    const story = await Story.begins({
      agent,
      policy: { verify: ['test -s README.md'] },
      entry: DYING_SERVER,
      // All that alice asks for is one plan, however busy the machine is while she asks.
      env: { HEDDLE_QUIET_MS: '1500', ...options.env, HEDDLE_DIE_AT: dieAt[0] ?? '' },
    });
    try {
      const run = new WholeRun(story, options);
      const end = await run.#goes(options);
      await check?.(run);
      return end;
    } finally {
      await story.ends();
    }
  }

  /** The kernel ends the server at moments that nobody chose; the seed makes them the same again. */
  async killsAtRandom({ seed, times }: { readonly seed: number; readonly times: number }): Promise<void> {
    let state = seed * 7_919;
    for (let kill = 0; kill < times; kill++) {
      state = (state * 48_271) % 2_147_483_647;
      await this.story.quiet(300 + (state % 2_000));
      if (!this.story.server.isDead) await this.story.server.isKilled();
    }
  }

  async #goes({ before, during }: WholeRunOptions): Promise<RunEnd> {
    const { story } = this;
    before?.(story);
    const first = await story.opens('Lay the ground', 'Please.');
    const second = await story.opens('Build on it', `Depends on #${first.number}`);
    const beside = await story.opens('Do something else');
    // All at once: they are to be one plan.
    await Promise.all([first, second, beside].map((issue) => story.alice.labels(issue, 'parallel')));
    await story.alice.comments(beside, '/parallel help');
    const people = new People(story, first);
    try {
      await Promise.all([during?.(this), this.#untilSettled()]);
    } finally {
      await people.leave();
    }
    await story.server.stops();
    return { world: await viewWorld(story.shop), attempts: this.ledger.attempts() };
  }

  async #untilSettled(): Promise<void> {
    const { story } = this;
    const end = Date.now() + PATIENCE_MS;
    for (let calm = 0; calm < 3; ) {
      await this.#raises();
      await story.quiet(150);
      const isOver = this.ledger.isSettled() && (await story.tracking())?.state === 'closed';
      calm = isOver ? calm + 1 : 0;
      if (Date.now() > end) throw new Error(await this.#stuck());
    }
  }

  /** Starts the server again where it has died. */
  async #raises(): Promise<void> {
    const { server } = this.story;
    if (!server.isDead) return;
    this.#deaths += 1;
    const dieAt = this.#dieAt[this.#deaths] ?? '';
    await this.story.quiet(this.#downMs);
    await server.starts({ HEDDLE_DIE_AT: dieAt }).catch((error: unknown) => {
      if (!server.wasKilled) throw error;
    });
  }

  async #stuck(): Promise<string> {
    const world = JSON.stringify(await viewWorld(this.story.shop), null, 1);
    const parts = [...this.ledger.pending(), ...this.ledger.attempts(), world.slice(0, 6_000)];
    return `the run does not end\n${parts.join('\n')}\n${this.story.server.output.slice(-6_000)}`;
  }
}

/** Bob reviews: he asks for a change once on the first task's pull request, and approves what he is content with. */
class People {
  readonly #story: Story;
  readonly #first: Issue;
  readonly #busy: Promise<void>;
  #isThere = true;

  constructor(story: Story, first: Issue) {
    this.#story = story;
    this.#first = first;
    this.#busy = this.#works();
    // What goes wrong is thrown when they leave.
    this.#busy.catch(() => {});
  }

  async leave(): Promise<void> {
    this.#isThere = false;
    await this.#busy;
  }

  async #works(): Promise<void> {
    for (let before = 0; this.#isThere; await this.#story.stirs(before)) {
      before = this.#story.writes;
      for (const pull of await this.#story.shop.pulls())
        if (pull.state === 'open' && !pull.isDraft) await this.#judges(pull);
    }
  }

  /** What he has said already stands on the pull request: so he says it once, however often the server dies. */
  async #judges(pull: Pull): Promise<void> {
    const { bob, shop } = this.#story;
    const said = (await shop.reviewsOf(pull)).filter(({ author }) => author === bob.login);
    if (said.length === 0 && pull.head.ref.startsWith(`parallel/${this.#first.number}-`)) {
      const path = `work-${this.#first.number}.txt`;
      await bob.requestsChanges(pull, 'Nearly there.', [{ path, line: 1, body: 'Say it twice.' }]);
      return;
    }
    const waits = said.length === 0 || pull.asked.includes(bob.login);
    if (waits && said.at(-1)?.sha !== pull.head.sha) await bob.approves(pull);
  }
}
