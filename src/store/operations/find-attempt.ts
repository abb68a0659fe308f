import type { Attempt } from '../../domain/attempt.ts';
import type { AttemptId } from '../../domain/ids.ts';
import { readAttempt } from '../rows/attempt.ts';
import type { Database } from '../schema.ts';

export async function findAttempt(db: Database, id: AttemptId, now: number): Promise<Attempt | null> {
  const row = await db.selectFrom('attempts').selectAll().where('id', '=', id).executeTakeFirst();
  return row ? readAttempt(row, now) : null;
}
