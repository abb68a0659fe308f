import type { Trx } from '../schema.ts';

/** The ids of a repository's open runs, as a subquery. */
export const openRunIds = (trx: Trx, repositoryId: number) =>
  trx
    .selectFrom('runs')
    .select('runs.id')
    .where('runs.repository_id', '=', repositoryId)
    .where('runs.ended_at', 'is', null);
