import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Libsql from 'libsql';
import { messageOf, UserFacing } from '../domain/errors.ts';
import type { Memory } from '../domain/facts.ts';
import type { RepositoryKey } from '../domain/ids.ts';
import type { Records } from '../domain/record.ts';
import { ActionRecords } from './action-records.ts';
import { overRaw } from './connection.ts';
import { schemaVersion, tooNew } from './migrate.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { listRecords } from './operations/list-records.ts';
import { readMemory } from './operations/read-memory.ts';
import { PastAttempts } from './past-attempts.ts';
import type { Database } from './schema.ts';

/*
 * Looks at a data folder from outside of its server, also while that works: without its lock, and without changing,
 * creating or migrating anything.
 */

/** Throws UserFacing with the remedy where there is no database, or one of another version. */
export const readRecords = async (dataDir: string): Promise<Records> =>
  await reading(dataDir, (db) => db.transaction().execute(listRecords));

/** What the server knows of a repository. `now`: our clock, milliseconds. Throws as `readRecords` does. */
export const readKnown = async (dataDir: string, key: RepositoryKey, now: number): Promise<Memory> =>
  await reading(dataDir, (db) =>
    readMemory({ db, records: new ActionRecords(), past: new PastAttempts() }, key, now),
  );

/** Whether a data folder has a database at all; a file in its place, or a folder that nobody may enter, has none. */
export function hasDatabase(dataDir: string): boolean {
  try {
    return statSync(join(dataDir, 'heddle.db')).isFile();
  } catch {
    return false;
  }
}

async function reading<T>(dataDir: string, read: (db: Database) => Promise<T>): Promise<T> {
  const file = join(dataDir, 'heddle.db');
  const db = overRaw(openReadOnly(file, dataDir));
  try {
    await checkVersion(db, file);
    return await read(db);
  } catch (error) {
    throw error instanceof UserFacing ? error : refused(file, error);
  } finally {
    await db.destroy();
  }
}

/** `mode=ro` is what keeps SQLite from writing: libsql's own option for it does not. */
function openReadOnly(file: string, dataDir: string): Libsql.Database {
  if (!hasDatabase(dataDir)) throw nothingThere(dataDir);
  try {
    return new Libsql(`${pathToFileURL(file).href}?mode=ro`, { timeout: 5_000 });
  } catch (error) {
    throw refused(file, error);
  }
}

const nothingThere = (dataDir: string): UserFacing =>
  new UserFacing(
    `There is no database in ${dataDir}: no server has worked with this data folder. ` +
      'Set HEDDLE_DATA_DIR to the folder of your server, or start it once with "heddle serve".',
  );

const refused = (file: string, cause: unknown): UserFacing =>
  new UserFacing(
    `The database ${file} cannot be read: ${messageOf(cause)}. Check that this user may read the folder.`,
    { cause },
  );

async function checkVersion(db: Database, place: string): Promise<void> {
  const version = await schemaVersion(db);
  if (version > MIGRATIONS.length) throw tooNew(version, { migrations: MIGRATIONS, place });
  if (version < MIGRATIONS.length)
    throw new UserFacing(
      `The database ${place} is of an older Heddle (schema ${version}; this one reads ${MIGRATIONS.length}), and a report ` +
        'changes nothing. Start the server of this version once: it brings the database up to date.',
    );
}
