import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf, UserFacing } from '../domain/errors.ts';
import { connect, unreadable } from './connection.ts';
import { databaseStore } from './database-store.ts';
import { newHolder } from './holder.ts';
import { type Lock, takeLock } from './lock.ts';
import { migrate } from './migrate.ts';
import { MIGRATIONS } from './migrations/all.ts';
import { freeDeadLeases } from './operations/free-dead-leases.ts';
import type { Store } from './store.ts';

export type { Store } from './store.ts';

export interface StoreOptions {
  /** `HEDDLE_DATA_DIR`; created if it is not there, for this user alone. */
  readonly dataDir: string;
  /** Our clock, milliseconds since the epoch. */
  readonly now?: () => number;
}

/**
 * Opens the store of a data folder and takes the folder for this process. Throws UserFacing where another process has
 * it, where it cannot be written, or where a newer version has written the database.
 */
export async function openStore({ dataDir, now = Date.now }: StoreOptions): Promise<Store> {
  createFolder(dataDir);
  const lock = takeLock(join(dataDir, 'heddle.lock'), dataDir);
  try {
    return await openDatabase(join(dataDir, 'heddle.db'), { lock, now });
  } catch (error) {
    lock.release();
    throw error;
  }
}

function createFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  } catch (error) {
    const why = messageOf(error);
    throw new UserFacing(
      `The data folder ${dataDir} cannot be created: ${why}. Set HEDDLE_DATA_DIR to another one.`,
      {
        cause: error,
      },
    );
  }
}

async function openDatabase(file: string, { lock, now }: { lock: Lock; now: () => number }): Promise<Store> {
  const db = connect(file);
  try {
    await migrate(db, { migrations: MIGRATIONS, now: now(), place: file });
    await freeDeadLeases(db);
  } catch (error) {
    await db.destroy();
    throw error instanceof UserFacing ? error : unreadable(file, error);
  }
  return databaseStore({ db, lock, now, holder: newHolder() });
}
