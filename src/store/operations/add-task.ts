import type { Task } from '../../domain/task.ts';
import { taskRow } from '../rows/task.ts';
import type { Trx } from '../schema.ts';

/** Stores a new task; one that is known stays as it is. */
export async function addTask(trx: Trx, task: Task): Promise<void> {
  await trx
    .insertInto('tasks')
    .values(taskRow(task))
    .onConflict((conflict) => conflict.columns(['run_id', 'issue']).doNothing())
    .execute();
}
