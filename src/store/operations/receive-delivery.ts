import type { Delivery } from '../../domain/delivery.ts';
import { outsideText } from '../codec.ts';
import type { Database, Trx } from '../schema.ts';
import { ensureRepository } from './ensure-repository.ts';
import { followInstallation } from './follow-installations.ts';

/**
 * Stores a delivery; `false`: it was processed before and is dropped. A repository that GitHub now reports under
 * another installation (moved, or the App installed anew) is worked on under that one from here on.
 */
export async function receiveDelivery(db: Database, delivery: Delivery, now: number): Promise<boolean> {
  return await db.transaction().execute(async (trx) => {
    await ensureRepository(trx, delivery.key, now);
    await insert(trx, delivery, now);
    if (await isProcessed(trx, delivery)) return false;
    await followInstallation(trx, delivery.key);
    return true;
  });
}

async function insert(trx: Trx, { id, event, key }: Delivery, now: number): Promise<void> {
  await trx
    .insertInto('deliveries')
    .values({
      id: outsideText(id),
      event: outsideText(event),
      repository_id: key.repositoryId,
      received_at: now,
      processed_at: null,
    })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}

async function isProcessed(trx: Trx, { id }: Delivery): Promise<boolean> {
  const row = await trx
    .selectFrom('deliveries')
    .select('processed_at')
    .where('id', '=', outsideText(id))
    .executeTakeFirstOrThrow();
  return row.processed_at !== null;
}
