import type { Updateable } from 'kysely';
import type { AttemptId } from '../../domain/ids.ts';
import type { AttemptTable, Database } from '../schema.ts';

/** An attempt as somebody claims to hold it: every write of a worker is checked against both fence and holder. */
export interface Held {
  readonly id: AttemptId;
  readonly fence: number;
  readonly holder: string;
}

/** Changes an attempt for its holder. `false`: it has its outcome, or is held by somebody else or under another fence. */
export async function updateHeld(
  db: Database,
  { id, fence, holder }: Held,
  change: Updateable<AttemptTable>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('attempts')
    .set(change)
    .where('id', '=', id)
    .where('fence', '=', fence)
    .where('lease_holder', '=', holder)
    .where('outcome_class', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}
