import Libsql from 'libsql';
import { UserFacing } from '../domain/errors.ts';

/*
 * The race that this file prevents: two servers on one data folder, each of which takes the other's leases for dead and
 * starts the same attempts. The lock is an open exclusive transaction on a database file of its own: the operating
 * system drops it with the process, however that dies, and readers of the real database are not disturbed.
 */

export interface Lock {
  release(): void;
}

/** Takes the folder for this process until `release`; throws UserFacing where another process has it. */
export function takeLock(file: string, dataDir: string): Lock {
  try {
    return hold(new Libsql(file, { timeout: 0 }));
  } catch (error) {
    throw refusal(error, { file, dataDir });
  }
}

function hold(database: Libsql.Database): Lock {
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    release: () => {
      database.exec('ROLLBACK');
      database.close();
    },
  };
}

function refusal(cause: unknown, { file, dataDir }: { file: string; dataDir: string }): UserFacing {
  if (cause instanceof Libsql.SqliteError && cause.code.startsWith('SQLITE_BUSY'))
    return new UserFacing(
      `Another Heddle server is using the data folder ${dataDir}. ` +
        'Stop it first, or give this one a folder of its own with HEDDLE_DATA_DIR.',
      { cause },
    );
  const why = cause instanceof Error ? cause.message : String(cause);
  return new UserFacing(`The lock file ${file} cannot be used: ${why}. Check the folder's permissions.`, {
    cause,
  });
}
