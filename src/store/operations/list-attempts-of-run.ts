import type { Attempt } from '../../domain/attempt.ts';
import type { RunId } from '../../domain/ids.ts';
import { readAttempt } from '../rows/attempt.ts';
import type { Database } from '../schema.ts';

/** All attempts of a run, open or ended, by issue and number. */
export async function listAttemptsOfRun(db: Database, run: RunId, now: number): Promise<readonly Attempt[]> {
  const rows = await db
    .selectFrom('attempts')
    .selectAll()
    .where('run_id', '=', run)
    .orderBy('issue')
    .orderBy('number')
    .execute();
  return rows.map((row) => readAttempt(row, now));
}
