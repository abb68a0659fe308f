import type { ActionRecord } from '../../domain/effect.ts';
import type { EffectKey } from '../../domain/ids.ts';
import { RECORD_COLUMNS, readRecord } from '../rows/action.ts';
import type { Trx } from '../schema.ts';
import { openRunIds } from './open-run-ids.ts';

/** A repository's own actions have no run that ends them; so many of the newest are shown. */
const REPOSITORY_LEVEL = 500;

/** Both databases take tens of thousands of parameters; this is far below. */
const AT_ONCE = 500;

/** The newest actions that belong to the repository itself, in the order of decision. */
export async function listOwnRecords(trx: Trx, repositoryId: number): Promise<readonly ActionRecord[]> {
  const rows = await recordsOf(trx, repositoryId)
    .where('run_id', 'is', null)
    .orderBy('position', 'desc')
    .limit(REPOSITORY_LEVEL)
    .execute();
  return rows.map(readRecord).reverse();
}

/** The outbox of the open runs, in the order of decision. */
export async function listRunRecords(trx: Trx, repositoryId: number): Promise<readonly ActionRecord[]> {
  const rows = await recordsOf(trx, repositoryId)
    .where('run_id', 'in', openRunIds(trx, repositoryId))
    .orderBy('position')
    .execute();
  return rows.map(readRecord);
}

/** Those of the actions that belong to open runs. */
export async function findRunRecords(
  trx: Trx,
  repositoryId: number,
  keys: readonly EffectKey[],
): Promise<readonly ActionRecord[]> {
  const found: ActionRecord[] = [];
  for (let from = 0; from < keys.length; from += AT_ONCE) {
    const rows = await recordsOf(trx, repositoryId)
      .where('key', 'in', keys.slice(from, from + AT_ONCE))
      .where('run_id', 'in', openRunIds(trx, repositoryId))
      .execute();
    found.push(...rows.map(readRecord));
  }
  return found;
}

const recordsOf = (trx: Trx, repositoryId: number) =>
  trx.selectFrom('actions').select(RECORD_COLUMNS).where('repository_id', '=', repositoryId);
