import type { Override } from '../../domain/dependency.ts';
import type { Trx } from '../schema.ts';

/** All that was ever said by command about dependencies, oldest first. They outlive runs, as the issues' own texts do. */
export async function listOverrides(trx: Trx, repositoryId: number): Promise<readonly Override[]> {
  const rows = await trx
    .selectFrom('overrides')
    .selectAll()
    .where('repository_id', '=', repositoryId)
    .orderBy('comment_id')
    .orderBy('line')
    .orderBy('on_number')
    .execute();
  return rows.map((row) => ({
    issue: row.issue,
    on: { owner: row.on_owner, name: row.on_name, number: row.on_number },
    relation: row.relation === 'depends-on' ? 'depends-on' : 'independent-of',
    author: row.author,
    quote: row.quote,
    commentId: row.comment_id,
    line: row.line,
  }));
}
