import { setTimeout as sleep } from 'node:timers/promises';
import { Retryable } from '../domain/errors.ts';
import type { AttemptId } from '../domain/ids.ts';
import type { AttemptOutcome } from '../domain/outcome.ts';
import type { LeaseStore } from '../domain/ports/store.ts';

export interface LeasesOptions {
  readonly store: LeaseStore;
  readonly now: () => number;
  readonly leaseMs: number;
  readonly onError: (error: unknown) => void;
}

/** Pauses between tries to store something that must not get lost. */
const PAUSES_MS = [50, 200, 1_000, 5_000, 15_000];

/** The leases of this process. */
export class Leases {
  readonly #options: LeasesOptions;

  constructor(options: LeasesOptions) {
    this.#options = options;
  }

  get now(): number {
    return this.#options.now();
  }

  async take(attempt: AttemptId): Promise<number> {
    const { store, leaseMs } = this.#options;
    return (await store.takeLease(attempt, this.now, leaseMs)).fence;
  }

  /** Renews the leases of what is held, three times in the life of a lease. End it with clearInterval. */
  keep(held: () => readonly AttemptId[]): NodeJS.Timeout {
    const { store, leaseMs, onError } = this.#options;
    const renew = () => {
      const attempts = held();
      if (attempts.length > 0) store.extendLeases(this.now, leaseMs, attempts).catch(onError);
    };
    return setInterval(renew, leaseMs / 3).unref();
  }

  /** Whether the work may go on. A store that does not answer stops nothing: the fence guards the outcome. */
  async started(attempt: AttemptId, fence: number): Promise<boolean> {
    try {
      return await this.#options.store.markStarted(attempt, fence, this.now);
    } catch (error) {
      this.#options.onError(error);
      return true;
    }
  }

  /** Stores the outcome; a busy store is asked again. Never rejects: a lost outcome is an attempt done once more. */
  async finish(outcome: AttemptOutcome): Promise<void> {
    const { store, onError } = this.#options;
    for (const pause of [...PAUSES_MS, null]) {
      try {
        await store.finish(outcome.attempt, outcome.fence, outcome);
        return;
      } catch (error) {
        onError(error);
        if (pause === null || !(error instanceof Retryable)) return;
        await sleep(pause);
      }
    }
  }

  async giveBack(attempt: AttemptId, fence: number): Promise<void> {
    await this.#options.store.releaseLease(attempt, fence).catch(this.#options.onError);
  }
}
