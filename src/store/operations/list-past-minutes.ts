import type { Trx } from '../schema.ts';

const NEWEST = 100;
const MINUTE_MS = 60_000;

/** Minutes inside agent and verify commands of the repository's last succeeded attempts, newest first. */
export async function listPastMinutes(trx: Trx, repositoryId: number): Promise<readonly number[]> {
  const rows = await trx
    .selectFrom('attempts')
    .select('work_ms')
    .where('outcome_class', '=', 'succeeded')
    .where('repository_id', '=', repositoryId)
    .orderBy('finished_at', 'desc')
    .limit(NEWEST)
    .execute();
  return rows.map((row) => (row.work_ms ?? 0) / MINUTE_MS);
}
