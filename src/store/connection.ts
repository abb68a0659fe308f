import { closeSync, openSync } from 'node:fs';
import { Kysely, type SqliteDatabase, SqliteDialect } from 'kysely';
import Libsql from 'libsql';
import { UserFacing } from '../domain/errors.ts';
import { bind } from './codec.ts';
import type { Schema } from './schema.ts';

/** How long to wait for a foreign process that holds the file (a backup), in milliseconds. */
const BUSY_MS = 5_000;

/** A commit is on the disk before it is answered, and readers are never kept out. */
const SETTINGS = [
  `busy_timeout = ${BUSY_MS}`,
  'journal_mode = WAL',
  'synchronous = FULL',
  'foreign_keys = ON',
];

/** Opens the database file, creating it for this user alone. Throws UserFacing where that cannot be. */
export function connect(file: string): Kysely<Schema> {
  createPrivate(file);
  return overRaw(open(file));
}

/** Queries over an open database, which is closed with them. */
export const overRaw = (raw: Libsql.Database): Kysely<Schema> =>
  new Kysely<Schema>({ dialect: new SqliteDialect({ database: withCodec(raw) }) });

/**
 * SQLite gives its side files the permissions of the database. Only ever on a file that is not there yet: closing any
 * descriptor of a file drops this process's locks on it.
 */
function createPrivate(file: string): void {
  try {
    closeSync(openSync(file, 'wx', 0o600));
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST'))
      throw unreadable(file, error);
  }
}

function open(file: string): Libsql.Database {
  try {
    return prepare(new Libsql(file, { timeout: BUSY_MS }));
  } catch (error) {
    throw unreadable(file, error);
  }
}

function prepare(raw: Libsql.Database): Libsql.Database {
  try {
    for (const setting of SETTINGS) raw.pragma(setting);
    return raw;
  } catch (error) {
    raw.close();
    throw error;
  }
}

/** The message for a file that is damaged, not ours, or out of reach. */
export function unreadable(file: string, cause: unknown): UserFacing {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new UserFacing(
    `The database ${file} cannot be opened: ${why}. Check the folder's permissions and free space; ` +
      'a damaged file can be replaced by a backup, or moved away to start anew.',
    { cause },
  );
}

/** Every bound value goes through the codec here, the one way into the database. */
function withCodec(raw: Libsql.Database): SqliteDatabase {
  return {
    close: () => {
      raw.close();
    },
    prepare: (sql) => {
      const statement = raw.prepare(sql);
      return {
        reader: statement.reader,
        all: (parameters) => statement.all(parameters.map(bind)),
        run: (parameters) => statement.run(parameters.map(bind)),
        iterate: (parameters) => statement.iterate(parameters.map(bind)),
      };
    },
  };
}
