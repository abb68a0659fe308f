import { existsSync } from 'node:fs';
import { join } from 'node:path';
import Libsql from 'libsql';

/** What the server's own database says, read from outside while it may be running, or dead. */
export class Ledger {
  readonly #file: string;

  constructor(dataDir: string) {
    this.#file = join(dataDir, 'heddle.db');
  }

  /** Whether there was work, all of it has ended, and nothing is left to be done. */
  isSettled(): boolean {
    const [row] = this.#rows(
      `select (select count(*) from runs) as runs, (select count(*) from runs where ended_at is null) as open,
         (select count(*) from actions where state = 'pending') as pending`,
    );
    return Number(row?.runs) > 0 && Number(row?.open) === 0 && Number(row?.pending) === 0;
  }

  /** Whether everything that was heard has been looked at, and everything that is to be written is written. */
  isIdle(): boolean {
    const [row] = this.#rows(
      `select (select count(*) from deliveries where processed_at is null) as unheard,
         (select count(*) from actions where state = 'pending') as pending`,
    );
    return Number(row?.unheard ?? 0) === 0 && Number(row?.pending ?? 0) === 0;
  }

  /** Whether an issue's label was seen, and nothing that was heard is left to look at. */
  hasSeen(issue: number): boolean {
    const [row] = this.#rows(
      `select (select count(*) from admissions where issue = ${issue}) as seen,
         (select count(*) from deliveries where processed_at is null) as unheard`,
    );
    return Number(row?.seen) > 0 && Number(row?.unheard) === 0;
  }

  /** What still waits, for messages. */
  pending(): readonly string[] {
    return this.#rows("select key, tries, last_error from actions where state = 'pending'").map((row) =>
      JSON.stringify(row),
    );
  }

  /** Every attempt with what became of it: `#1 attempt 2 (review): succeeded`. */
  attempts(): readonly string[] {
    return this.#rows('select * from attempts order by issue, number').map(
      (row) => `#${row.issue} attempt ${row.number} (${row.kind}): ${row.outcome_class}`,
    );
  }

  /** Fencing numbers by `issue/attempt`. */
  fences(): Readonly<Record<string, number>> {
    return Object.fromEntries(
      this.#rows('select issue, number, fence from attempts').map((row) => [
        `${row.issue}/${row.number}`,
        Number(row.fence),
      ]),
    );
  }

  #rows(sql: string): readonly Readonly<Record<string, unknown>>[] {
    if (!existsSync(this.#file)) return [];
    const database = new Libsql(this.#file, { timeout: 5_000 });
    try {
      return database.prepare(sql).all([]) as readonly Readonly<Record<string, unknown>>[];
    } finally {
      database.close();
    }
  }
}
