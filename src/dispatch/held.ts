import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf } from '../domain/errors.ts';
import type { RepositoryKey } from '../domain/ids.ts';
import { type AttemptOrder, type AttemptOutcome, bareOutcome } from '../domain/outcome.ts';
import type { Leases } from './leases.ts';
import type { RunnerPort } from './runner-port.ts';

export interface HeldOptions {
  readonly order: AttemptOrder;
  readonly key: RepositoryKey;
  readonly runner: RunnerPort;
  readonly leases: Leases;
  readonly onOutcome: (key: RepositoryKey) => void;
  readonly onProgress: (order: AttemptOrder, line: string) => void;
}

/** One attempt that this process holds, from its lease to its outcome. */
export class Held {
  readonly #options: HeldOptions;
  readonly #stopped = new AbortController();
  #order: AttemptOrder;
  #state: 'queued' | 'running' | 'over' = 'queued';
  /** Whether the attempt is somebody else's now, or is to be: its outcome is nobody's business. */
  #abandoned = false;
  /** Waited for by whoever ends the attempt: under the fence of before, neither outcome nor return would count. */
  #taking: Promise<void> = Promise.resolve();
  #running: Promise<void> | null = null;

  constructor(options: HeldOptions) {
    this.#options = options;
    this.#order = options.order;
  }

  take(): Promise<void> {
    this.#taking = this.#take();
    return this.#taking;
  }

  async #take(): Promise<void> {
    const fence = await this.#options.leases.take(this.#order.attempt);
    this.#order = { ...this.#order, fence };
  }

  /** The queue's turn. Never rejects. */
  execute(): Promise<void> {
    if (this.#state !== 'queued') return Promise.resolve();
    this.#state = 'running';
    this.#running = this.#run();
    return this.#running;
  }

  /** Ends the attempt; one that has not begun has its outcome at once. */
  async stop(): Promise<void> {
    this.#stopped.abort();
    await this.#taking.catch(() => {});
    if (this.#state !== 'queued') return;
    this.#state = 'over';
    await this.#record(this.#bare({ class: 'cancelled', failure: null }));
  }

  /** Lets the attempt end within the time, else ends it without an outcome. */
  async giveBack(graceMs: number): Promise<void> {
    await this.#taking.catch(() => {});
    if (this.#running !== null) {
      await Promise.race([this.#running, sleep(graceMs, undefined, { ref: false })]);
    }
    if (this.#state === 'over') return;
    this.#abandoned = true;
    this.#stopped.abort();
    await this.#running;
    this.#state = 'over';
    await this.#options.leases.giveBack(this.#order.attempt, this.#order.fence);
  }

  async #run(): Promise<void> {
    const outcome = await this.#outcome();
    if (!this.#abandoned) await this.#record(outcome);
    if (!this.#abandoned) this.#state = 'over';
  }

  async #outcome(): Promise<AttemptOutcome> {
    const { runner, onProgress } = this.#options;
    try {
      return await runner.run(this.#order, {
        signal: this.#stopped.signal,
        progress: (line) => onProgress(this.#order, line),
        started: () => void this.#begin(),
      });
    } catch (error) {
      return this.#bare({
        class: 'failed',
        failure: { kind: 'setup', detail: `The runner failed: ${messageOf(error)}` },
      });
    }
  }

  async #begin(): Promise<void> {
    const { attempt, fence } = this.#order;
    if (await this.#options.leases.started(attempt, fence)) return;
    this.#abandoned = true;
    this.#stopped.abort();
  }

  async #record(outcome: AttemptOutcome): Promise<void> {
    await this.#options.leases.finish(outcome);
    this.#options.onOutcome(this.#options.key);
  }

  #bare(end: Pick<AttemptOutcome, 'class' | 'failure'>): AttemptOutcome {
    const now = this.#options.leases.now;
    return bareOutcome(this.#order, { ...end, startedAt: now, endedAt: now });
  }
}
