import type { Trx } from '../schema.ts';

/**
 * Attempts of other repositories that hold a slot: those under a live lease, and those of open runs that are decided
 * and about to be dispatched. Without the latter two repositories would give away the same slot.
 */
export async function countBusyElsewhere(trx: Trx, repositoryId: number, now: number): Promise<number> {
  const row = await trx
    .selectFrom('attempts')
    .innerJoin('runs', 'runs.id', 'attempts.run_id')
    .select((eb) => eb.fn.countAll().as('count'))
    .where('attempts.outcome_class', 'is', null)
    .where('attempts.repository_id', '!=', repositoryId)
    .where((eb) =>
      eb.or([
        eb.and([eb('attempts.lease_holder', 'is not', null), eb('attempts.lease_until', '>', now)]),
        eb.and([eb('runs.ended_at', 'is', null), eb('attempts.cancel_requested', '=', 0)]),
      ]),
    )
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
