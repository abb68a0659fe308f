import type { ActionRecord } from '../../domain/effect.ts';
import type { EffectKey } from '../../domain/ids.ts';
import { RECORD_COLUMNS, readRecord } from '../rows/action.ts';
import type { Trx } from '../schema.ts';
import { openRunIds } from './open-run-ids.ts';

/** A repository's own actions have no run that ends them; so many of the newest are shown. */
const REPOSITORY_LEVEL = 500;

/** The outbox of the open runs, and the newest of what belongs to the repository itself; in the order of decision. */
export async function listActionRecords(
  trx: Trx,
  repositoryId: number,
): Promise<ReadonlyMap<EffectKey, ActionRecord>> {
  const own = await ownRecords(trx, repositoryId);
  const ofRuns = await recordsOfOpenRuns(trx, repositoryId);
  return new Map([...own, ...ofRuns].map((record) => [record.key, record]));
}

async function ownRecords(trx: Trx, repositoryId: number): Promise<readonly ActionRecord[]> {
  const rows = await trx
    .selectFrom('actions')
    .select(RECORD_COLUMNS)
    .where('repository_id', '=', repositoryId)
    .where('run_id', 'is', null)
    .orderBy('position', 'desc')
    .limit(REPOSITORY_LEVEL)
    .execute();
  return rows.map(readRecord).reverse();
}

async function recordsOfOpenRuns(trx: Trx, repositoryId: number): Promise<readonly ActionRecord[]> {
  const rows = await trx
    .selectFrom('actions')
    .select(RECORD_COLUMNS)
    .where('repository_id', '=', repositoryId)
    .where('run_id', 'in', openRunIds(trx, repositoryId))
    .orderBy('position')
    .execute();
  return rows.map(readRecord);
}
