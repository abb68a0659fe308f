/*
 * The outbox of a long run has thousands of rows, and every pass asks for all of them several times. This process is the
 * only one that writes them (the lock of the data folder), so what it read before holds, but for what it wrote since.
 * The race that this file prevents: a row is read while it is being written, and its old state kept. So it is marked both
 * before and after it is written; while it is read nothing is, since a transaction has the connection for itself.
 */
import type { ActionRecord } from '../domain/effect.ts';
import type { EffectKey } from '../domain/ids.ts';
import { findRunRecords, listRunRecords } from './operations/list-action-records.ts';
import type { Trx } from './schema.ts';

/** Repositories whose records are kept. */
const KEPT = 20;

interface Known {
  readonly records: Map<EffectKey, ActionRecord>;
  readonly written: Set<EffectKey>;
}

/** The records of actions of open runs, by repository. */
export class ActionRecords {
  readonly #known = new Map<number, Known>();

  /** As they are now; what is handed out stays as it is. */
  async ofOpenRuns(trx: Trx, repositoryId: number): Promise<ReadonlyMap<EffectKey, ActionRecord>> {
    const known = this.#known.get(repositoryId) ?? (await this.#readAll(trx, repositoryId));
    const written = [...known.written];
    const found = await findRunRecords(trx, repositoryId, written);
    for (const key of written) {
      known.written.delete(key);
      known.records.delete(key);
    }
    for (const record of found) known.records.set(record.key, record);
    return new Map(known.records);
  }

  /** Around a write of these actions; null: of anything, as when a run ends. */
  async writing<T>(
    repositoryId: number,
    keys: readonly EffectKey[] | null,
    write: () => Promise<T>,
  ): Promise<T> {
    this.#mark(repositoryId, keys);
    try {
      return await write();
    } finally {
      this.#mark(repositoryId, keys);
    }
  }

  async #readAll(trx: Trx, repositoryId: number): Promise<Known> {
    const records = await listRunRecords(trx, repositoryId);
    const known: Known = {
      records: new Map(records.map((record) => [record.key, record])),
      written: new Set(),
    };
    this.#keep(repositoryId, known);
    return known;
  }

  #keep(repositoryId: number, known: Known): void {
    this.#known.set(repositoryId, known);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
  }

  #mark(repositoryId: number, keys: readonly EffectKey[] | null): void {
    if (keys === null) this.#known.delete(repositoryId);
    else for (const key of keys) this.#known.get(repositoryId)?.written.add(key);
  }
}
