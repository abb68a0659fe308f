/*
 * Every pass asks several times for what estimates learn from, and it only changes when an attempt ends. This process is
 * the only one that writes (the lock of the data folder). The race that this file prevents is the one of
 * `action-records.ts`: what is read while an outcome is being written is not kept.
 */
import type { PastAttempt } from '../domain/estimate.ts';
import { listPastAttempts } from './operations/list-past-attempts.ts';
import type { Trx } from './schema.ts';

/** Repositories whose attempts are kept. */
const KEPT = 20;

export class PastAttempts {
  readonly #known = new Map<number, readonly PastAttempt[]>();

  async of(trx: Trx, repositoryId: number): Promise<readonly PastAttempt[]> {
    const known = this.#known.get(repositoryId) ?? (await listPastAttempts(trx, repositoryId));
    this.#known.set(repositoryId, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
    return known;
  }

  /** Around the storing of an outcome: repositories learn from each other. */
  async changing<T>(write: () => Promise<T>): Promise<T> {
    this.#known.clear();
    try {
      return await write();
    } finally {
      this.#known.clear();
    }
  }
}
