import type { Trx } from '../schema.ts';

/** What people say by command about dependencies: `depends-on` and `independent-of`. */
export async function up({ schema }: Trx): Promise<void> {
  await schema
    .createTable('overrides')
    .addColumn('repository_id', 'bigint', (column) =>
      column.notNull().references('repositories.repository_id'),
    )
    .addColumn('comment_id', 'bigint', (column) => column.notNull())
    .addColumn('line', 'bigint', (column) => column.notNull())
    .addColumn('issue', 'bigint', (column) => column.notNull())
    .addColumn('on_owner', 'text', (column) => column.notNull())
    .addColumn('on_name', 'text', (column) => column.notNull())
    .addColumn('on_number', 'bigint', (column) => column.notNull())
    .addColumn('relation', 'text', (column) => column.notNull())
    .addColumn('author', 'text', (column) => column.notNull())
    .addColumn('quote', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('overrides_key', [
      'repository_id',
      'comment_id',
      'line',
      'issue',
      'on_owner',
      'on_name',
      'on_number',
    ])
    .execute();
}
