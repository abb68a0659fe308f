import { UserFacing } from '../domain/errors.ts';
import type { Migration } from './migrations/all.ts';
import type { Database, Trx } from './schema.ts';

export interface MigrateOptions {
  readonly migrations: readonly Migration[];
  readonly now: number;
  /** Where the database is, for the message. */
  readonly place: string;
}

/**
 * Brings the schema up to date, each step in a transaction of its own. Throws UserFacing where the database knows
 * steps that this binary does not: writing to it could lose what a newer one has stored.
 */
export async function migrate(db: Database, options: MigrateOptions): Promise<void> {
  await createLedger(db);
  const version = await schemaVersion(db);
  if (version > options.migrations.length) throw tooNew(version, options);
  for (const [index, migration] of options.migrations.entries()) {
    if (index < version) continue;
    const step = { number: index + 1, name: migration.name, applied_at: options.now };
    await db.transaction().execute(async (trx) => await apply(trx, migration, step));
  }
}

async function createLedger(db: Database): Promise<void> {
  await db.schema
    .createTable('schema_migrations')
    .ifNotExists()
    .addColumn('number', 'bigint', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('applied_at', 'bigint', (column) => column.notNull())
    .execute();
}

/** 0: nothing was ever migrated. Rejects where the ledger is not there. */
export async function schemaVersion(db: Database): Promise<number> {
  const row = await db
    .selectFrom('schema_migrations')
    .select((eb) => eb.fn.max('number').as('version'))
    .executeTakeFirst();
  return Number(row?.version ?? 0);
}

export function tooNew(
  version: number,
  { migrations, place }: Pick<MigrateOptions, 'migrations' | 'place'>,
): UserFacing {
  return new UserFacing(
    `The database ${place} was written by a newer Heddle (schema ${version}; this one knows ${migrations.length}). ` +
      'Start that version or a later one, or point HEDDLE_DATA_DIR to another folder.',
  );
}

async function apply(
  trx: Trx,
  migration: Migration,
  step: { readonly number: number; readonly name: string; readonly applied_at: number },
): Promise<void> {
  await migration.up(trx);
  await trx.insertInto('schema_migrations').values(step).execute();
}
