import type { RepositoryKey } from '../../domain/ids.ts';
import type { LaterAction } from '../../domain/ports/store.ts';
import { outsideText } from '../codec.ts';
import type { Database } from '../schema.ts';

/** Messages of other programs can be of any length. */
const ERROR_LENGTH = 2_000;

/** Counts a try of a pending action that did not come through; it is due again at `until`. */
export async function postponeAction(
  db: Database,
  { repositoryId }: RepositoryKey,
  { key, until, error }: LaterAction,
): Promise<void> {
  await db
    .updateTable('actions')
    .set((eb) => ({
      tries: eb('tries', '+', 1),
      not_before: Math.ceil(until),
      last_error: outsideText(error).slice(0, ERROR_LENGTH),
    }))
    .where('repository_id', '=', repositoryId)
    .where('key', '=', key)
    .where('state', '=', 'pending')
    .execute();
}
