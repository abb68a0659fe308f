import type { Attempt } from '../../domain/attempt.ts';
import { attemptRow } from '../rows/attempt.ts';
import type { Trx } from '../schema.ts';

/** Stores a new attempt; one that is known keeps its fence, its lease and its outcome. */
export async function addAttempt(trx: Trx, attempt: Attempt, repositoryId: number): Promise<void> {
  await trx
    .insertInto('attempts')
    .values(attemptRow(attempt, repositoryId))
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
}
