import Libsql from 'libsql';
import { messageOf, Retryable, Terminal, UserFacing } from '../domain/errors.ts';

/** What goes by itself or with a little space: another process holds the file, the disk is full or answers badly. */
const PASSING = /^SQLITE_(BUSY|LOCKED|FULL|IOERR|NOMEM|INTERRUPT|CANTOPEN|PROTOCOL)/;

/** Any error of the database as one that the loop knows. */
export function classify(error: unknown): Retryable | Terminal | UserFacing {
  if (error instanceof Retryable || error instanceof Terminal || error instanceof UserFacing) return error;
  const message = `the database: ${messageOf(error)}`;
  if (error instanceof Libsql.SqliteError && PASSING.test(error.code))
    return new Retryable(message, { cause: error });
  return new Terminal(message, { cause: error });
}
