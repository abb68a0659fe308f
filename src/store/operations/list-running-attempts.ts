import type { Attempt } from '../../domain/attempt.ts';
import { readAttempt } from '../rows/attempt.ts';
import type { Database } from '../schema.ts';

/** Attempts of all repositories under a live lease. */
export async function listRunningAttempts(db: Database, now: number): Promise<readonly Attempt[]> {
  const rows = await db
    .selectFrom('attempts')
    .selectAll()
    .where('outcome_class', 'is', null)
    .where('lease_holder', 'is not', null)
    .where('lease_until', '>', now)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => readAttempt(row, now));
}
