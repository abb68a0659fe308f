import type { TaskPatch } from '../../domain/effect.ts';
import { Terminal } from '../../domain/errors.ts';
import type { RunId } from '../../domain/ids.ts';
import { readTask, taskRow } from '../rows/task.ts';
import type { Trx } from '../schema.ts';

/** Changes what the patch names. Throws where there is no such task. */
export async function updateTask(
  trx: Trx,
  { runId, issue, patch }: { readonly runId: RunId; readonly issue: number; readonly patch: TaskPatch },
): Promise<void> {
  const row = await trx
    .selectFrom('tasks')
    .selectAll()
    .where('run_id', '=', runId)
    .where('issue', '=', issue)
    .executeTakeFirst();
  if (!row) throw new Terminal(`run ${runId} has no task #${issue} to update`);
  const { run_id, issue: number, ...columns } = taskRow({ ...readTask(row), ...patch });
  await trx
    .updateTable('tasks')
    .set(columns)
    .where('run_id', '=', run_id)
    .where('issue', '=', number)
    .execute();
}
