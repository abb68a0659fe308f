import { Terminal } from '../../domain/errors.ts';
import type { Run } from '../../domain/run.ts';
import { runRow } from '../rows/run.ts';
import type { Trx } from '../schema.ts';

/** Stores a new run and counts it; a run that is known stays as it is. */
export async function openRun(trx: Trx, run: Run, repositoryId: number): Promise<void> {
  const known = await trx
    .selectFrom('runs')
    .select('repository_id')
    .where('id', '=', run.id)
    .executeTakeFirst();
  if (known?.repository_id === repositoryId) return;
  if (known) throw new Terminal(`the run id ${run.id} belongs to repository ${known.repository_id}`);
  await trx.insertInto('runs').values(runRow(run, repositoryId)).execute();
  await trx
    .updateTable('repositories')
    .set((eb) => ({ run_count: eb('run_count', '+', 1) }))
    .where('repository_id', '=', repositoryId)
    .execute();
}
