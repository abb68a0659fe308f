import type { Admission } from '../../domain/effect.ts';
import type { Trx } from '../schema.ts';

/** The last word about each issue's label. */
export async function listAdmissions(trx: Trx, repositoryId: number): Promise<readonly Admission[]> {
  const rows = await trx
    .selectFrom('admissions')
    .selectAll()
    .where('repository_id', '=', repositoryId)
    .orderBy('issue')
    .execute();
  return rows.map((row) => ({
    issue: row.issue,
    labelEventId: row.label_event_id,
    actor: row.actor,
    allowed: row.allowed === 1,
    seenAt: row.seen_at,
    joined: row.joined === 1,
    timesJoined: row.times_joined,
  }));
}
