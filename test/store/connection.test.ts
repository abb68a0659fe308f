import { join } from 'node:path';
import { sql } from 'kysely';
import Libsql from 'libsql';
import { expect, test } from 'vitest';
import { Retryable, Terminal, UserFacing } from '../../src/domain/errors.ts';
import { connect } from '../../src/store/connection.ts';
import { classify } from '../../src/store/errors.ts';
import { tempFolder } from './temp.ts';

test('the connection writes ahead, waits for the disk, and checks references', async () => {
  const db = connect(join(await tempFolder(), 'heddle.db'));
  const setting = async (name: string) => (await sql`pragma ${sql.raw(name)}`.execute(db)).rows[0];

  expect(await setting('journal_mode')).toEqual({ journal_mode: 'wal' });
  expect(await setting('synchronous')).toEqual({ synchronous: 2 });
  expect(await setting('foreign_keys')).toEqual({ foreign_keys: 1 });
  expect(await setting('busy_timeout')).toEqual({ timeout: 5_000 });
  await db.destroy();
});

test('a path that cannot be opened is refused with a remedy', async () => {
  const folder = await tempFolder();

  expect(() => connect(folder)).toThrow(UserFacing);
  expect(() => connect(join(folder, 'nowhere', 'heddle.db'))).toThrow(/cannot be opened: .*permissions/);
});

test.each(['SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT', 'SQLITE_FULL', 'SQLITE_IOERR_WRITE'])(
  '%s may go by',
  (code) => {
    const cause = new Libsql.SqliteError('no luck', code);

    expect(classify(cause)).toEqual(new Retryable('the database: no luck', { cause }));
  },
);

test.each(['SQLITE_CORRUPT', 'SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_ERROR'])('%s does not', (code) => {
  const cause = new Libsql.SqliteError('no luck', code);

  expect(classify(cause)).toEqual(new Terminal('the database: no luck', { cause }));
});

test('what is classified already stays as it is', () => {
  for (const error of [new Retryable('a'), new Terminal('b'), new UserFacing('c')])
    expect(classify(error)).toBe(error);
});
