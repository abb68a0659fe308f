import type { Database } from '../schema.ts';
import type { Held } from './held.ts';

/** Gives an attempt back without an outcome: it is dispatched again at the next look. `false`: it was no longer held. */
export async function releaseLease(db: Database, { id, fence, holder }: Held): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('attempts')
    .set({ lease_holder: null, lease_until: null })
    .where('id', '=', id)
    .where('fence', '=', fence)
    .where('lease_holder', '=', holder)
    .where('outcome_class', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}
