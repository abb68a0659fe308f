import type { RunId } from '../../domain/ids.ts';
import type { Task } from '../../domain/task.ts';
import { readTask } from '../rows/task.ts';
import type { Database } from '../schema.ts';

/** All tasks of a run, open or ended, by issue. */
export async function listTasksOfRun(db: Database, run: RunId): Promise<readonly Task[]> {
  const rows = await db.selectFrom('tasks').selectAll().where('run_id', '=', run).orderBy('issue').execute();
  return rows.map(readTask);
}
