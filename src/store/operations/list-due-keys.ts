import type { RepositoryKey } from '../../domain/ids.ts';
import type { Database } from '../schema.ts';

/** Repositories with unprocessed deliveries, the one that waits longest first. */
export async function listDueKeys(db: Database): Promise<readonly RepositoryKey[]> {
  return await db
    .selectFrom('deliveries')
    .innerJoin('repositories', 'repositories.repository_id', 'deliveries.repository_id')
    .select(['repositories.installation_id as installationId', 'repositories.repository_id as repositoryId'])
    .where('deliveries.processed_at', 'is', null)
    .groupBy(['repositories.installation_id', 'repositories.repository_id'])
    .orderBy((eb) => eb.fn.min('deliveries.received_at'))
    .execute();
}
