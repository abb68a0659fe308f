import type { AttemptId } from '../../domain/ids.ts';
import type { Database } from '../schema.ts';

export interface LeaseExtension {
  readonly holder: string;
  readonly until: number;
  /** Null: all that the holder has. */
  readonly only: readonly AttemptId[] | null;
}

/** Holds on to attempts until a later time. */
export async function extendLeases(db: Database, { holder, until, only }: LeaseExtension): Promise<void> {
  if (only?.length === 0) return;
  let query = db
    .updateTable('attempts')
    .set({ lease_until: until })
    .where('outcome_class', 'is', null)
    .where('lease_holder', '=', holder);
  if (only) query = query.where('id', 'in', only);
  await query.execute();
}
