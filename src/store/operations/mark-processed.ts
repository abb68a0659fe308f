import { outsideText } from '../codec.ts';
import type { Database, Trx } from '../schema.ts';

/** How long a processed delivery is remembered, so that its redelivery is known: GitHub redelivers for three days. */
const KEPT_MS = 7 * 24 * 60 * 60_000;

/** Both databases take tens of thousands of parameters; this is far below. */
const AT_ONCE = 500;

/** Notes that a pass took these deliveries into account, and forgets those of long ago. */
export async function markProcessed(db: Database, ids: readonly string[], now: number): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (let from = 0; from < ids.length; from += AT_ONCE)
      await mark(trx, ids.slice(from, from + AT_ONCE), now);
    await trx
      .deleteFrom('deliveries')
      .where('processed_at', '<', now - KEPT_MS)
      .execute();
  });
}

async function mark(trx: Trx, ids: readonly string[], now: number): Promise<void> {
  await trx
    .updateTable('deliveries')
    .set({ processed_at: now })
    .where('id', 'in', ids.map(outsideText))
    .where('processed_at', 'is', null)
    .execute();
}
