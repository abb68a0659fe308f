import PQueue from 'p-queue';
import { earliest } from '../decide/rule.ts';
import { Retryable, Terminal } from '../domain/errors.ts';
import type { World } from '../domain/facts.ts';
import { keyText, type RepositoryKey } from '../domain/ids.ts';
import type { GitHubApp } from '../domain/ports/github-app.ts';
import type { Inbox } from '../domain/ports/store.ts';
import type { Hands } from './apply.ts';
import { Improver } from './improving.ts';
import { type PassTools, pass } from './pass.ts';
import { Sweeps } from './sweeps.ts';

export interface CoordinatorOptions extends Omit<PassTools, 'hands'> {
  readonly hands: Omit<PassTools['hands'], 'improve'>;
  readonly inbox: Inbox;
  /** GitHub as the App sees it, to look for repositories of which no webhook came. */
  readonly app: GitHubApp;
  /** Between two repositories that are asked for work without an event, milliseconds: never a burst. */
  readonly pauseMs: number;
  /** How often every open run is looked at again without any event, milliseconds. */
  readonly resyncMs: number;
  /** How long several events are gathered into one look, milliseconds. */
  readonly gatherMs: number;
}

/** Repositories without an open run are resynced this much less often: all that can have changed them is a lost webhook. */
const IDLE_RESYNCS = 10;

/** What the loop knows of one repository; all of it can be lost without harm. */
interface Watch {
  readonly key: RepositoryKey;
  world: World | null;
  /** Something on GitHub may have changed since `world`. */
  dirty: boolean;
  running: boolean;
  /** When lists will have caught up with what the last webhook told of: until then they may not show it (our clock). */
  caughtUpAt: number | null;
  /** Woken while running: pass once more. */
  again: boolean;
  failures: number;
  /** Passes in a row that failed for good: the App was uninstalled, the repository is gone. */
  refusals: number;
  timer: NodeJS.Timeout | null;
  /** On a clock that only goes forward. */
  timerAt: number;
}

/**
 * The CoordinatorAgent: a level-triggered loop. A key that is due gets a pass; never two passes for one key at once,
 * however many events come. What is woken while a pass runs is looked at again afterwards.
 */
export class CoordinatorAgent {
  readonly #options: CoordinatorOptions;
  readonly #tools: PassTools;
  readonly #improver: Improver;
  readonly #watches = new Map<string, Watch>();
  readonly #passes = new PQueue({ concurrency: 4 });
  #resync: NodeJS.Timeout | null = null;
  #resyncs = 0;
  readonly #sweeps: Sweeps;
  #stopped = false;

  constructor(options: CoordinatorOptions) {
    this.#options = options;
    const { hands, settings } = options;
    this.#improver = new Improver({ ...hands, settings, onResult: (key) => this.wake(key) });
    const improve: Hands['improve'] = (situation, action) => this.#improver.begin(situation, action);
    this.#tools = { ...options, hands: { ...hands, improve } };
    const { app, inbox, pauseMs } = options;
    const { trace, now } = options.hands;
    const { github } = options.observer;
    this.#sweeps = new Sweeps({ app, github, inbox, trace, now, pauseMs }, (key) => this.changed(key));
  }

  /**
   * Takes up what an earlier process left: unprocessed deliveries, open runs, and all that happened while none ran or
   * was waiting for a quiet moment, of which there is no other trace. Then, in peace, where nobody ever asked for work.
   */
  async start(): Promise<void> {
    const { inbox, resyncMs } = this.#options;
    for (const key of [...(await inbox.dueKeys()), ...(await inbox.openKeys()), ...(await inbox.usedKeys())])
      this.changed(key);
    this.#resync = setInterval(() => void this.#resyncAll(), resyncMs);
    this.#sweeps.begin(true);
  }

  /** GitHub may have changed: look there again. */
  changed(key: RepositoryKey): void {
    const watch = this.#watch(key);
    watch.dirty = true;
    this.#due(watch, this.#options.gatherMs);
  }

  /** Something changed on our side (an outcome came): decide again; what GitHub said last will do. */
  wake(key: RepositoryKey): void {
    this.#due(this.#watch(key), 0);
  }

  /** No new pass starts; waits for those that run. */
  async stop(): Promise<void> {
    this.#stopped = true;
    if (this.#resync) clearInterval(this.#resync);
    for (const watch of this.#watches.values()) if (watch.timer) clearTimeout(watch.timer);
    await this.#sweeps.stop();
    await this.#passes.onIdle();
    await this.#improver.stop();
  }

  async #resyncAll(): Promise<void> {
    const { inbox } = this.#options;
    this.#resyncs += 1;
    const isSlow = this.#resyncs % IDLE_RESYNCS === 0;
    this.#sweeps.begin(isSlow);
    try {
      const idle = isSlow ? await inbox.usedKeys() : [];
      for (const key of [...(await inbox.dueKeys()), ...(await inbox.openKeys()), ...idle])
        if (this.#isWorthAsking(key)) this.changed(key);
    } catch {
      // The store could not be read just now; the next resync asks again.
    }
  }

  /** What GitHub refused for good is asked again at every 2nd, 4th, 8th and then every tenth resync; a webhook counts at once. */
  #isWorthAsking(key: RepositoryKey): boolean {
    const { refusals } = this.#watch(key);
    return this.#resyncs % Math.min(2 ** Math.max(0, refusals - 1), IDLE_RESYNCS) === 0;
  }

  #watch(key: RepositoryKey): Watch {
    const text = keyText(key);
    const known = this.#watches.get(text);
    if (known) return known;
    const watch: Watch = {
      key,
      world: null,
      dirty: true,
      caughtUpAt: null,
      running: false,
      again: false,
      failures: 0,
      refusals: 0,
      timer: null,
      timerAt: 0,
    };
    this.#watches.set(text, watch);
    return watch;
  }

  /** Sets the alarm, unless an earlier one is set. */
  #due(watch: Watch, inMs: number): void {
    if (this.#stopped) return;
    if (watch.running) watch.again = true;
    const at = performance.now() + inMs;
    if (watch.timer && watch.timerAt <= at) return;
    if (watch.timer) clearTimeout(watch.timer);
    watch.timerAt = at;
    watch.timer = setTimeout(() => this.#enqueue(watch), Math.min(inMs, 2 ** 31 - 1));
  }

  #enqueue(watch: Watch): void {
    watch.timer = null;
    if (watch.running || this.#stopped) return;
    watch.running = true;
    void this.#passes.add(() => this.#pass(watch));
  }

  async #pass(watch: Watch): Promise<void> {
    const { hands } = this.#options;
    hands.trace({ kind: 'pass', key: watch.key, phase: 'started' });
    watch.again = false;
    try {
      const wakeIn = await this.#passOnce(watch);
      watch.failures = 0;
      watch.refusals = 0;
      watch.running = false;
      if (watch.again) this.#due(watch, watch.dirty ? this.#options.gatherMs : 0);
      else if (wakeIn !== null) this.#due(watch, wakeIn);
    } catch (error) {
      watch.running = false;
      hands.trace({ kind: 'pass', key: watch.key, phase: 'failed', error });
      this.#fail(watch, error);
    }
  }

  /** Answers in how many milliseconds to look again, or null. */
  async #passOnce(watch: Watch): Promise<number | null> {
    const { hands, inbox, resyncMs } = this.#options;
    const deliveries = await inbox.pending(watch.key);
    const lagged = watch.caughtUpAt !== null && watch.caughtUpAt <= hands.now();
    const age = Math.abs(hands.now() - (watch.world?.observedAt ?? 0));
    const isStale = lagged || watch.dirty || age > resyncMs;
    watch.dirty = false;
    if (lagged) watch.caughtUpAt = null;
    if (deliveries.length > 0) watch.caughtUpAt = hands.now() + hands.settleMs;
    const result = await pass(this.#tools, watch.key, { world: watch.world, isStale });
    watch.world = result.world;
    await inbox.processed(deliveries, hands.now());
    hands.trace({ kind: 'pass', key: watch.key, phase: 'ended', reasons: result.reasons });
    const at = earliest([result.wakeAt, result.refreshAt, watch.caughtUpAt]);
    if (result.refreshAt !== null && result.refreshAt === at) watch.dirty = true;
    return at === null ? null : Math.max(0, at - hands.now());
  }

  /** Whatever went wrong, the world is read again; a terminal error waits for an event or the resync. */
  #fail(watch: Watch, error: unknown): void {
    watch.dirty = true;
    if (error instanceof Terminal) {
      watch.refusals += 1;
      return;
    }
    watch.failures += 1;
    const asked = error instanceof Retryable ? error.retryAfterMs : null;
    this.#due(watch, asked ?? Math.min(1_000 * 2 ** (watch.failures - 1), 300_000));
  }
}
