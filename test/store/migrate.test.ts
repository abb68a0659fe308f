import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, test } from 'vitest';
import { UserFacing } from '../../src/domain/errors.ts';
import { connect } from '../../src/store/connection.ts';
import { migrate } from '../../src/store/migrate.ts';
import { MIGRATIONS, type Migration } from '../../src/store/migrations/all.ts';
import { openStore } from '../../src/store/open.ts';
import { aStartedRun, HERE, level, NOON, once } from './builders.ts';
import { recordIn, tempFolder, tempStore } from './temp.ts';

const addColour: Migration = {
  name: 'next-colour',
  up: async (trx) => {
    await trx.schema
      .alterTable('tasks')
      .addColumn('colour', 'text', (column) => column.notNull().defaultTo('red'))
      .execute();
  },
};
const fails: Migration = {
  name: 'next-fails',
  up: async (trx) => {
    await trx.schema.createTable('half').addColumn('a', 'text').execute();
    throw new Error('in the middle');
  },
};

/** A data folder in which a server has worked. */
async function populatedFolder(): Promise<string> {
  const dataDir = await tempFolder();
  const store = await tempStore(dataDir);
  await store.receive({ id: 'one', event: 'issues', key: HERE }, NOON);
  await recordIn(store, aStartedRun([1, 2]));
  await store.commit(HERE, { recordings: [], actions: [once('a'), level('b', 'x')] }, NOON);
  await store.close();
  return dataDir;
}

async function migrateFolder(dataDir: string, migrations: readonly Migration[]): Promise<void> {
  const place = join(dataDir, 'heddle.db');
  const db = connect(place);
  try {
    await migrate(db, { migrations, now: NOON, place });
  } finally {
    await db.destroy();
  }
}

function query(dataDir: string, sql: string): unknown[] {
  const database = new Libsql(join(dataDir, 'heddle.db'));
  const rows = database.prepare(sql).all([]);
  database.close();
  return rows;
}

test('opening an existing database keeps what is in it', async () => {
  const dataDir = await populatedFolder();

  const store = await tempStore(dataDir);

  const memory = await store.memory(HERE, NOON);
  expect([memory.tasks.length, memory.attempts.length, memory.actions.size]).toEqual([2, 2, 2]);
  expect(query(dataDir, 'select number, name from schema_migrations')).toEqual(
    MIGRATIONS.map(({ name }, index) => ({ number: index + 1, name })),
  );
});

test('the next migration runs over populated data, once', async () => {
  const dataDir = await populatedFolder();

  await migrateFolder(dataDir, [...MIGRATIONS, addColour]);
  await migrateFolder(dataDir, [...MIGRATIONS, addColour]);

  expect(query(dataDir, 'select issue, colour from tasks order by issue')).toEqual([
    { issue: 1, colour: 'red' },
    { issue: 2, colour: 'red' },
  ]);
});

test('a migration that fails in the middle leaves nothing behind', async () => {
  const dataDir = await populatedFolder();

  await expect(migrateFolder(dataDir, [...MIGRATIONS, addColour, fails])).rejects.toThrow('in the middle');

  expect(query(dataDir, "select name from sqlite_master where name = 'half'")).toEqual([]);
  expect(query(dataDir, 'select max(number) as version from schema_migrations')).toEqual([
    { version: MIGRATIONS.length + 1 },
  ]);
});

test('a database of a newer version is refused, and stays usable for that one', async () => {
  const dataDir = await populatedFolder();
  await migrateFolder(dataDir, [...MIGRATIONS, addColour]);

  const opening = openStore({ dataDir });

  await expect(opening).rejects.toThrow(UserFacing);
  await expect(opening).rejects.toThrow(
    `newer Heddle (schema ${MIGRATIONS.length + 1}; this one knows ${MIGRATIONS.length}). Start that version`,
  );
  await migrateFolder(dataDir, [...MIGRATIONS, addColour]);
});

test('a file that is no database is refused with a remedy', async () => {
  const dataDir = await tempFolder();
  await writeFile(
    join(dataDir, 'heddle.db'),
    'not a database, but long enough to be looked at: '.repeat(100),
  );

  await expect(openStore({ dataDir })).rejects.toThrow(/cannot be opened: .*not a database.*backup/);
});

test('a folder that cannot be made is refused with a remedy', async () => {
  const file = join(await tempFolder(), 'file');
  await writeFile(file, '');

  await expect(openStore({ dataDir: join(file, 'data') })).rejects.toThrow(
    /cannot be created: .*HEDDLE_DATA_DIR/,
  );
});

test('the tables declare the same indexes that the queries rely on', async () => {
  const dataDir = await populatedFolder();

  const plan = query(
    dataDir,
    "explain query plan select * from actions where state = 'pending' and repository_id = 1 order by position",
  );

  expect(JSON.stringify(plan)).toContain('actions_by_state');
});
