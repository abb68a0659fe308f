import type { Database } from '../schema.ts';
import type { Held } from './held.ts';

/** Notes that the worker has begun; `false`: it no longer holds the attempt and must stop. */
export async function markStarted(db: Database, { id, fence, holder }: Held, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('attempts')
    .set({ started_at: now })
    .where('id', '=', id)
    .where('fence', '=', fence)
    .where('lease_holder', '=', holder)
    .where('outcome_class', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}
