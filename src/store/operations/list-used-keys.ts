import type { RepositoryKey } from '../../domain/ids.ts';
import type { Database } from '../schema.ts';

/** Repositories in which somebody ever set the label, or a run ever began. */
export async function listUsedKeys(db: Database): Promise<readonly RepositoryKey[]> {
  return await db
    .selectFrom('repositories')
    .select(['installation_id as installationId', 'repository_id as repositoryId'])
    .where((eb) =>
      eb.or(
        (['admissions', 'runs'] as const).map((table) =>
          eb.exists(
            eb
              .selectFrom(table)
              .select('repository_id')
              .whereRef(`${table}.repository_id`, '=', 'repositories.repository_id'),
          ),
        ),
      ),
    )
    .orderBy('repository_id')
    .execute();
}
