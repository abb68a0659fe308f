import type { RepositoryKey } from '../../domain/ids.ts';
import type { StoredDecision } from '../../domain/ports/store.ts';
import type { Database } from '../schema.ts';
import { ensureRepository } from './ensure-repository.ts';
import { intend } from './intend.ts';
import { record } from './record.ts';

/** All recordings and the intents of all actions in one transaction: after a crash it happened whole or not at all. */
export async function commitDecision(
  db: Database,
  {
    key,
    decision,
    now,
  }: { readonly key: RepositoryKey; readonly decision: StoredDecision; readonly now: number },
): Promise<void> {
  const { repositoryId } = key;
  await db.transaction().execute(async (trx) => {
    await ensureRepository(trx, key, now);
    for (const recording of decision.recordings) await record(trx, recording, repositoryId);
    await intend(trx, { repositoryId, actions: decision.actions, now });
  });
}
