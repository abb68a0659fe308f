import type { RepositoryKey } from '../../domain/ids.ts';
import type { Database } from '../schema.ts';

/** Repositories with something left to do: an open run, or an action that still waits after its run has ended. */
export async function listOpenKeys(db: Database): Promise<readonly RepositoryKey[]> {
  return await db
    .selectFrom('repositories')
    .select(['installation_id as installationId', 'repository_id as repositoryId'])
    .where((eb) =>
      eb.or([
        eb.exists(
          eb
            .selectFrom('runs')
            .select('runs.id')
            .whereRef('runs.repository_id', '=', 'repositories.repository_id')
            .where('runs.ended_at', 'is', null),
        ),
        eb.exists(
          eb
            .selectFrom('actions')
            .select('actions.key')
            .whereRef('actions.repository_id', '=', 'repositories.repository_id')
            .where('actions.state', '=', 'pending'),
        ),
      ]),
    )
    .orderBy('repository_id')
    .execute();
}
