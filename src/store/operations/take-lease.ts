import { Terminal } from '../../domain/errors.ts';
import type { AttemptId } from '../../domain/ids.ts';
import type { Database } from '../schema.ts';

export interface LeaseRequest {
  readonly id: AttemptId;
  readonly holder: string;
  readonly until: number;
}

/**
 * Gives the attempt to the holder under a new fence: whoever held it before can no longer write.
 * Throws Terminal where there is nothing left to do.
 */
export async function takeLease(
  db: Database,
  { id, holder, until }: LeaseRequest,
): Promise<{ readonly fence: number }> {
  const row = await db
    .updateTable('attempts')
    .set((eb) => ({ fence: eb('fence', '+', 1), lease_holder: holder, lease_until: until, started_at: null }))
    .where('id', '=', id)
    .where('outcome_class', 'is', null)
    .returning('fence')
    .executeTakeFirst();
  if (!row)
    throw new Terminal(`attempt ${id} is not there or has its outcome: nothing to dispatch`, { stale: true });
  return { fence: row.fence };
}
