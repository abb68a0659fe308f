import type { Trx } from '../schema.ts';

/** The keys that a task took with an attempt, and how predictions compared with what was changed. */
export async function up({ schema }: Trx): Promise<void> {
  await schema.alterTable('attempts').addColumn('forecast', 'text').execute();
  await schema
    .createTable('scores')
    .addColumn('repository_id', 'bigint', (column) =>
      column.notNull().references('repositories.repository_id'),
    )
    .addColumn('run_id', 'text', (column) => column.notNull().references('runs.id'))
    .addColumn('issue', 'bigint', (column) => column.notNull())
    .addColumn('subject', 'text', (column) => column.notNull())
    .addColumn('attempt', 'bigint', (column) => column.notNull())
    .addColumn('predicted', 'bigint', (column) => column.notNull())
    .addColumn('expected', 'bigint', (column) => column.notNull())
    .addColumn('hits', 'bigint', (column) => column.notNull())
    .addColumn('real_paths', 'bigint', (column) => column.notNull())
    .addColumn('found_paths', 'bigint', (column) => column.notNull())
    .addPrimaryKeyConstraint('scores_key', ['run_id', 'issue', 'subject'])
    .execute();
  // Serves the sums of a repository.
  await schema
    .createIndex('scores_by_repository')
    .on('scores')
    .columns(['repository_id', 'subject'])
    .execute();
}
