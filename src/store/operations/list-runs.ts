import type { RepositoryKey } from '../../domain/ids.ts';
import type { Run } from '../../domain/run.ts';
import { readRun } from '../rows/run.ts';
import type { Database } from '../schema.ts';

/** All runs that a repository ever had, oldest first. */
export async function listRuns(db: Database, { repositoryId }: RepositoryKey): Promise<readonly Run[]> {
  const rows = await db
    .selectFrom('runs')
    .selectAll()
    .where('repository_id', '=', repositoryId)
    .orderBy('opened_at')
    .orderBy('id')
    .execute();
  return rows.map(readRun);
}
