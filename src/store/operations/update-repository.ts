import type { RepositoryPatch } from '../../domain/effect.ts';
import type { Trx } from '../schema.ts';

export async function updateRepository(
  trx: Trx,
  patch: RepositoryPatch,
  repositoryId: number,
): Promise<void> {
  const columns = {
    ...(patch.commentsSince !== undefined && { comments_since: patch.commentsSince }),
    ...(patch.quietSkippedAt !== undefined && { quiet_skipped_at: patch.quietSkippedAt }),
  };
  if (Object.keys(columns).length === 0) return;
  await trx.updateTable('repositories').set(columns).where('repository_id', '=', repositoryId).execute();
}
