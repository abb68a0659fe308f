import { runId } from '../../domain/ids.ts';
import type { Score, ScoreSubject, TaskScores } from '../../domain/overlap.ts';
import { readScore } from '../rows/score.ts';
import type { Trx } from '../schema.ts';
import { openRunIds } from './open-run-ids.ts';

/** Of the tasks of open runs. */
export async function listScores(trx: Trx, repositoryId: number): Promise<readonly TaskScores[]> {
  const rows = await trx
    .selectFrom('scores')
    .selectAll()
    .where('run_id', 'in', openRunIds(trx, repositoryId))
    .orderBy('run_id')
    .orderBy('issue')
    .orderBy('subject')
    .execute();
  const tasks = new Map<string, TaskScores & { readonly scores: Map<ScoreSubject, Score> }>();
  for (const row of rows) {
    const task = `${row.run_id}/${row.issue}`;
    const { issue, attempt } = row;
    const known = tasks.get(task) ?? { runId: runId(row.run_id), issue, attempt, scores: new Map() };
    const score = readScore(row);
    if (score) known.scores.set(...score);
    tasks.set(task, known);
  }
  return [...tasks.values()];
}
