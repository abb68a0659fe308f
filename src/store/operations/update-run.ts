import type { RunPatch } from '../../domain/effect.ts';
import { Terminal } from '../../domain/errors.ts';
import type { RunId } from '../../domain/ids.ts';
import { readRun, runRow } from '../rows/run.ts';
import type { Trx } from '../schema.ts';

/** Changes what the patch names. Throws where the repository has no such run. */
export async function updateRun(
  trx: Trx,
  { runId, patch }: { readonly runId: RunId; readonly patch: RunPatch },
  repositoryId: number,
): Promise<void> {
  const row = await trx
    .selectFrom('runs')
    .selectAll()
    .where('id', '=', runId)
    .where('repository_id', '=', repositoryId)
    .executeTakeFirst();
  if (!row) throw new Terminal(`repository ${repositoryId} has no run ${runId} to update`);
  const { id, ...columns } = runRow({ ...readRun(row), ...patch }, repositoryId);
  await trx.updateTable('runs').set(columns).where('id', '=', id).execute();
}
