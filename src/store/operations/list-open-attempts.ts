import type { Attempt } from '../../domain/attempt.ts';
import { readAttempt } from '../rows/attempt.ts';
import type { Trx } from '../schema.ts';
import { openRunIds } from './open-run-ids.ts';

/** All attempts of the repository's open runs, in the order of their numbers. */
export async function listOpenAttempts(
  trx: Trx,
  repositoryId: number,
  now: number,
): Promise<readonly Attempt[]> {
  const rows = await trx
    .selectFrom('attempts')
    .selectAll()
    .where('run_id', 'in', openRunIds(trx, repositoryId))
    .orderBy('issue')
    .orderBy('number')
    .execute();
  return rows.map((row) => readAttempt(row, now));
}
