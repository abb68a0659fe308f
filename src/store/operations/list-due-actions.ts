import type { RepositoryKey } from '../../domain/ids.ts';
import type { DueAction } from '../../domain/ports/store.ts';
import { readDueAction } from '../rows/action.ts';
import type { Database } from '../schema.ts';

/** Nothing is put off for longer: what seems to be was put off before the clock was set back (milliseconds). */
const LONGEST_MS = 24 * 60 * 60_000;

/** Pending actions whose time has come, in the order in which they were decided; those of ended runs too. */
export async function listDueActions(
  db: Database,
  key: RepositoryKey,
  now: number,
): Promise<readonly DueAction[]> {
  const rows = await db
    .selectFrom('actions')
    .selectAll()
    .where('state', '=', 'pending')
    .where('repository_id', '=', key.repositoryId)
    .where((eb) => eb.or([eb('not_before', '<=', now), eb('not_before', '>', now + LONGEST_MS)]))
    .orderBy('position')
    .execute();
  return rows.map(readDueAction);
}
