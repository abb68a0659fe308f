import type { AttemptId } from '../../domain/ids.ts';
import type { Trx } from '../schema.ts';

/** Asks for an attempt's end; one that has its outcome is past that. */
export async function cancelAttempt(trx: Trx, id: AttemptId, repositoryId: number): Promise<void> {
  await trx
    .updateTable('attempts')
    .set({ cancel_requested: 1 })
    .where('id', '=', id)
    .where('repository_id', '=', repositoryId)
    .where('outcome_class', 'is', null)
    .execute();
}
