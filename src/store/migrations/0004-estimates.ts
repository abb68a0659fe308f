import { decode } from '../codec.ts';
import { measuredIn } from '../rows/measured.ts';
import type { Trx } from '../schema.ts';

/**
 * What estimates learn from, beside each attempt: what was known of the task, what was predicted, how it ended and what it
 * used. `learnt_at` is the time of its end where there is something to learn, so that the newest ones are found at once.
 */
export async function up(trx: Trx): Promise<void> {
  for (const column of ['profile', 'predicted', 'failure'] as const)
    await trx.schema.alterTable('attempts').addColumn(column, 'text').execute();
  for (const column of ['input_tokens', 'output_tokens', 'micro_usd', 'learnt_at'] as const)
    await trx.schema.alterTable('attempts').addColumn(column, 'bigint').execute();
  await fillIn(trx);
  await trx.schema
    .createIndex('attempts_by_learnt')
    .on('attempts')
    .columns(['repository_id', 'learnt_at'])
    .execute();
  await trx.schema.createIndex('attempts_by_learnt_anywhere').on('attempts').column('learnt_at').execute();
}

/** Outcomes can be large: a few at a time. */
const AT_ONCE = 200;

/** What attempts of earlier versions have in their outcomes. */
async function fillIn(trx: Trx): Promise<void> {
  for (let last = ''; ; ) {
    const rows = await trx
      .selectFrom('attempts')
      .select(['id', 'outcome', 'finished_at'])
      .where('outcome', 'is not', null)
      .where('id', '>', last)
      .orderBy('id')
      .limit(AT_ONCE)
      .execute();
    for (const { id, outcome, finished_at } of rows) {
      const measured = measuredIn(decode(outcome ?? ''), finished_at ?? 0);
      // By name: the columns that later versions add are not there yet.
      const { failure, input_tokens, output_tokens, micro_usd, learnt_at } = measured;
      const columns = { failure, input_tokens, output_tokens, micro_usd, learnt_at };
      await trx.updateTable('attempts').set(columns).where('id', '=', id).execute();
    }
    const end = rows.at(-1);
    if (!end) return;
    last = end.id;
  }
}
