import type { RepositoryKey } from '../../domain/ids.ts';
import type { Database, Trx } from '../schema.ts';

/** Notes under which installations GitHub has these repositories now; of unknown ones nothing. */
export async function followInstallations(db: Database, keys: readonly RepositoryKey[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    for (const key of keys) await followInstallation(trx, key);
  });
}

/** A repository that was moved, or whose App was installed anew, is worked on under its new installation. */
export async function followInstallation(trx: Trx, key: RepositoryKey): Promise<void> {
  await trx
    .updateTable('repositories')
    .set({ installation_id: key.installationId })
    .where('repository_id', '=', key.repositoryId)
    .where('installation_id', '!=', key.installationId)
    .execute();
}
