import type { TaskScores } from '../../domain/overlap.ts';
import { scoreRows } from '../rows/score.ts';
import type { Trx } from '../schema.ts';

/** Keeps how a task's predictions compared with its changes, in place of an earlier comparison. */
export async function scoreTask(trx: Trx, scored: TaskScores, repositoryId: number): Promise<void> {
  await trx
    .deleteFrom('scores')
    .where('run_id', '=', scored.runId)
    .where('issue', '=', scored.issue)
    .execute();
  const rows = scoreRows(scored, repositoryId);
  if (rows.length > 0) await trx.insertInto('scores').values(rows).execute();
}
