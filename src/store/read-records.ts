import { statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Libsql from 'libsql';
import { messageOf, UserFacing } from '../domain/errors.ts';
import type { Records } from '../domain/record.ts';
import { overRaw } from './connection.ts';
import { schemaVersion, tooNew } from './migrate.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { listRecords } from './operations/list-records.ts';
import type { Database } from './schema.ts';

/**
 * Reads the records of a data folder, also while a server works with it: takes no lock, and changes, creates and migrates
 * nothing. Throws UserFacing with the remedy where there is no database, or one of another version.
 */
export async function readRecords(dataDir: string): Promise<Records> {
  const file = join(dataDir, 'heddle.db');
  const db = overRaw(openReadOnly(file, dataDir));
  try {
    await checkVersion(db, file);
    return await db.transaction().execute(async (trx) => await listRecords(trx));
  } catch (error) {
    throw error instanceof UserFacing ? error : refused(file, error);
  } finally {
    await db.destroy();
  }
}

/** `mode=ro` is what keeps SQLite from writing: libsql's own option for it does not. */
function openReadOnly(file: string, dataDir: string): Libsql.Database {
  if (!statSync(file, { throwIfNoEntry: false })?.isFile()) throw nothingThere(dataDir);
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
