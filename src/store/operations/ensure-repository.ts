import type { RepositoryKey } from '../../domain/ids.ts';
import type { Trx } from '../schema.ts';

/** Before this long ahead of the first sign of a repository, nobody can have commanded us there (milliseconds). */
const LOOK_BACK_MS = 5 * 60_000;

/** Where comments are read from in a repository that is seen for the first time. */
export const firstWatermark = (now: number): number => now - LOOK_BACK_MS;

/** Makes the repository's row with the first delivery; a known one stays as it is. */
export async function ensureRepository(trx: Trx, key: RepositoryKey, now: number): Promise<void> {
  await trx
    .insertInto('repositories')
    .values({
      repository_id: key.repositoryId,
      installation_id: key.installationId,
      comments_since: firstWatermark(now),
      quiet_skipped_at: 0,
      run_count: 0,
      first_seen_at: now,
    })
    .onConflict((conflict) => conflict.column('repository_id').doNothing())
    .execute();
}
