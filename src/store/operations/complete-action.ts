import type { RepositoryKey } from '../../domain/ids.ts';
import type { DoneAction } from '../../domain/ports/store.ts';
import { encode } from '../codec.ts';
import type { Database } from '../schema.ts';

/** Stores what became of an action. A refusal does not replace the last write that a later one builds on. */
export async function completeAction(
  db: Database,
  { repositoryId }: RepositoryKey,
  done: DoneAction,
): Promise<void> {
  const result = encode(done.result);
  await db
    .updateTable('actions')
    .set({
      state: 'done',
      result,
      done_at: done.now,
      last_error: null,
      ...(done.result.kind !== 'refused' && { previous: result }),
    })
    .where('repository_id', '=', repositoryId)
    .where('key', '=', done.key)
    .where('state', '=', 'pending')
    .execute();
}
