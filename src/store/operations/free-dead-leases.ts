import { LOCAL_HOLDER } from '../holder.ts';
import type { Database } from '../schema.ts';

/** Ends the leases of earlier processes on this data folder: whoever holds its lock knows that they are dead. */
export async function freeDeadLeases(db: Database): Promise<void> {
  await db
    .updateTable('attempts')
    .set({ lease_holder: null, lease_until: null })
    .where('lease_holder', 'like', `${LOCAL_HOLDER}%`)
    .execute();
}
