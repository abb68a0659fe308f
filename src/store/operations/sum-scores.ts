import type { Scores } from '../../domain/overlap.ts';
import { readScore } from '../rows/score.ts';
import type { Database, Trx } from '../schema.ts';

/** The sums over all tasks that a repository ever had: how right each source of predictions was. */
export async function sumScores(db: Database | Trx, repositoryId: number): Promise<Scores> {
  const rows = await db
    .selectFrom('scores')
    .where('repository_id', '=', repositoryId)
    .groupBy('subject')
    .select(({ fn }) => [
      'subject',
      fn.sum<number>('predicted').as('predicted'),
      fn.sum<number>('expected').as('expected'),
      fn.sum<number>('hits').as('hits'),
      fn.sum<number>('real_paths').as('real_paths'),
      fn.sum<number>('found_paths').as('found_paths'),
    ])
    .execute();
  // PostgreSQL answers the sum of a bigint as a text.
  return new Map(rows.flatMap(sumOf));
}

type Row = Parameters<typeof readScore>[0];

function sumOf(row: Row) {
  const score = readScore({
    subject: row.subject,
    predicted: Number(row.predicted),
    expected: Number(row.expected),
    hits: Number(row.hits),
    real_paths: Number(row.real_paths),
    found_paths: Number(row.found_paths),
  });
  return score === null ? [] : [score];
}
