import type { RepositoryKey } from '../../domain/ids.ts';
import type { Database } from '../schema.ts';

/** Ids of the repository's unprocessed deliveries, oldest first. */
export async function listPendingDeliveries(db: Database, key: RepositoryKey): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('deliveries')
    .select('id')
    .where('processed_at', 'is', null)
    .where('repository_id', '=', key.repositoryId)
    .orderBy('received_at')
    .execute();
  return rows.map((row) => row.id);
}
