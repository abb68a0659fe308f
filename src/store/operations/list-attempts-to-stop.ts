import type { Attempt } from '../../domain/attempt.ts';
import { readAttempt } from '../rows/attempt.ts';
import type { Database } from '../schema.ts';

/** Attempts that the holder still works on although their end was asked for. */
export async function listAttemptsToStop(
  db: Database,
  holder: string,
  now: number,
): Promise<readonly Attempt[]> {
  const rows = await db
    .selectFrom('attempts')
    .selectAll()
    .where('outcome_class', 'is', null)
    .where('lease_holder', '=', holder)
    .where('cancel_requested', '=', 1)
    .orderBy('created_at')
    .execute();
  return rows.map((row) => readAttempt(row, now));
}
