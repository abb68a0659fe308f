import { Terminal } from '../../domain/errors.ts';
import { type AttemptId, type Sha, sha } from '../../domain/ids.ts';
import type { Database } from '../schema.ts';

/** Fixes the commit that an attempt starts from; the first pin stays. Answers the one that counts. */
export async function pinBase(db: Database, id: AttemptId, base: Sha): Promise<Sha> {
  return await db.transaction().execute(async (trx) => {
    await trx.updateTable('attempts').set({ base }).where('id', '=', id).where('base', 'is', null).execute();
    const row = await trx.selectFrom('attempts').select('base').where('id', '=', id).executeTakeFirst();
    if (!row?.base) throw new Terminal(`there is no attempt ${id} whose base could be pinned`);
    return sha(row.base);
  });
}
