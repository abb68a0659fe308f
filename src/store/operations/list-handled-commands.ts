import type { HandledCommand } from '../../domain/effect.ts';
import type { Trx } from '../schema.ts';

/** Our clock and GitHub's may differ, and a pass may be late: a day is more than both. */
const SLACK_MS = 24 * 60 * 60_000;

/** Commands that a comment after the watermark can have held. */
export async function listHandledCommands(
  trx: Trx,
  repositoryId: number,
  commentsSince: number,
): Promise<readonly HandledCommand[]> {
  const rows = await trx
    .selectFrom('commands')
    .selectAll()
    .where('repository_id', '=', repositoryId)
    .where('at', '>=', commentsSince - SLACK_MS)
    .orderBy('at')
    .orderBy('comment_id')
    .orderBy('line')
    .execute();
  return rows.map((row) => ({
    commentId: row.comment_id,
    line: row.line,
    verb: row.verb,
    author: row.author,
    result: row.result === 'done' ? 'done' : 'refused',
    at: row.at,
  }));
}
