import { readdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, test } from 'vitest';
import { UserFacing } from '../../src/domain/errors.ts';
import { connect } from '../../src/store/connection.ts';
import { migrate } from '../../src/store/migrate.ts';
import { MIGRATIONS } from '../../src/store/migrations/all.ts';
import { readKnown, readRecords } from '../../src/store/read-only.ts';
import { anAttempt, anOutcome, aStartedRun, HERE, MINUTE, NOON } from './builders.ts';
import { recordIn, tempFolder, tempStore } from './temp.ts';

test('records are read while a server has the folder, and hold what was stored a moment ago', async () => {
  const dataDir = await tempFolder();
  const store = await tempStore(dataDir);
  await recordIn(store, aStartedRun([1, 2]));
  expect((await readRecords(dataDir)).attempts.map((each) => each.class)).toEqual([null, null]);

  const { id } = anAttempt();
  const { fence } = await store.takeLease(id, NOON, MINUTE);
  await store.finish(id, fence, anOutcome(id, fence));

  const records = await readRecords(dataDir);
  expect(records).toMatchObject({
    repositories: 1,
    runs: [{ openedAt: NOON, endedAt: null }],
    tasks: [{ end: null }, { end: null }],
  });
  expect(records.attempts[0]).toMatchObject({
    class: 'succeeded',
    minutes: 3,
    profile: null,
    predicted: null,
  });
  const known = await readKnown(dataDir, HERE, NOON);
  expect(known.pastAttempts).toHaveLength(1);
  expect(known).toEqual(await store.memory(HERE, NOON));
});

test('nothing is created where there is nothing', async () => {
  const dataDir = await tempFolder();
  const reading = readRecords(join(dataDir, 'no', 'folder'));
  await expect(reading).rejects.toThrow(UserFacing);
  await expect(reading).rejects.toThrow(/There is no database in .*HEDDLE_DATA_DIR/);
  await expect(readRecords(dataDir)).rejects.toThrow('There is no database');
  await expect(readKnown(dataDir, HERE, NOON)).rejects.toThrow('There is no database');
  expect(await readdir(dataDir)).toEqual([]);
});

test('a database of another version is left as it is, with the remedy', async () => {
  const dataDir = await tempFolder();
  const file = join(dataDir, 'heddle.db');
  const db = connect(file);
  await migrate(db, { migrations: MIGRATIONS.slice(0, 2), now: NOON, place: file });
  await db.destroy();
  await expect(readRecords(dataDir)).rejects.toThrow(
    /of an older Heddle \(schema 2; this one reads \d+\).*Start the server/,
  );

  const database = new Libsql(file);
  expect(database.prepare('select max(number) as version from schema_migrations').all([])).toEqual([
    { version: 2 },
  ]);
  database.exec("insert into schema_migrations values (99, 'next', 0)");
  database.close();
  await expect(readRecords(dataDir)).rejects.toThrow(/newer Heddle \(schema 99/);
});

test('a file that is no database is refused, and not touched', async () => {
  const dataDir = await tempFolder();
  const file = join(dataDir, 'heddle.db');
  await writeFile(file, 'not a database, but long enough to be looked at: '.repeat(100));
  const before = (await stat(file)).mtimeMs;
  await expect(readRecords(dataDir)).rejects.toThrow(/cannot be read: .*not a database/);
  expect((await stat(file)).mtimeMs).toBe(before);
});
