import { mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, test } from 'vitest';
import { UserFacing } from '../../src/domain/errors.ts';
import { openStore } from '../../src/store/open.ts';
import { aStartedRun, HERE, NOON } from './builders.ts';
import { compileChild, startChild } from './processes.ts';
import { recordIn, tempFolder, tempStore } from './temp.ts';

test('a second server on the same data folder is told what to do, in either order', async () => {
  const program = await compileChild('hold', await tempFolder());
  const [ours, theirs] = [await tempFolder(), await tempFolder()];
  await tempStore(ours);
  const holder = startChild(program, [theirs]);
  const refused = startChild(program, [ours]);
  await Promise.all([holder.printed(1), refused.printed(1)]);

  const message = (folder: string) =>
    `Another Heddle server is using the data folder ${folder}. ` +
    'Stop it first, or give this one a folder of its own with HEDDLE_DATA_DIR.';
  expect(refused.lines).toEqual([`UserFacing: ${message(ours)}`]);
  await expect(openStore({ dataDir: theirs })).rejects.toThrow(new UserFacing(message(theirs)));
});

test('a killed server leaves no lock behind', async () => {
  const program = await compileChild('hold', await tempFolder());
  const dataDir = await tempFolder();
  const holder = startChild(program, [dataDir]);
  await holder.printed(1);

  await holder.kill();

  const store = await openStore({ dataDir });
  await store.close();
});

test('a refused second opening leaves the first one its lock', async () => {
  const dataDir = await tempFolder();
  await tempStore(dataDir);

  for (let time = 0; time < 3; time++) await expect(openStore({ dataDir })).rejects.toThrow(UserFacing);
});

test('a lock file that cannot be used is refused with a remedy', async () => {
  const dataDir = await tempFolder();
  await mkdir(join(dataDir, 'heddle.lock'));

  await expect(openStore({ dataDir })).rejects.toThrow(/heddle\.lock cannot be used: .*permissions/);
});

test('a closed store gives the folder free, and closing twice is fine', async () => {
  const dataDir = await tempFolder();
  const store = await tempStore(dataDir);

  await store.close();
  await store.close();

  await expect(store.dueKeys()).rejects.toThrow('the store is closed');
  await tempStore(dataDir);
});

test('closing waits for what is under way', async () => {
  const dataDir = await tempFolder();
  const store = await tempStore(dataDir);
  const writing = recordIn(store, aStartedRun([1, 2, 3]));

  await store.close();
  await writing;

  const after = await tempStore(dataDir);
  expect((await after.memory(HERE, NOON)).tasks).toHaveLength(3);
});

test('another process may read the database while the server writes', async () => {
  const dataDir = await tempFolder();
  const store = await tempStore(dataDir);
  const reader = new Libsql(join(dataDir, 'heddle.db'));
  const count = () => reader.prepare('select count(*) as n from tasks').all([]);
  expect(count()).toEqual([{ n: 0 }]);

  await recordIn(store, aStartedRun());

  expect(count()).toEqual([{ n: 1 }]);
  reader.close();
});

test('the folder and what is in it belong to this user alone', async () => {
  const dataDir = join(await tempFolder(), 'deep', 'data');
  const store = await tempStore(dataDir);
  await recordIn(store, aStartedRun());

  const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
  expect(await mode(dataDir)).toBe('700');
  for (const file of ['heddle.db', 'heddle.db-wal']) expect(await mode(join(dataDir, file))).toBe('600');
});
