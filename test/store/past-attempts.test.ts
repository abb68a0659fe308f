import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, test } from 'vitest';
import type { Prediction, Profile } from '../../src/domain/estimate.ts';
import { type AttemptId, attemptId, type RepositoryKey } from '../../src/domain/ids.ts';
import type { AttemptOutcome } from '../../src/domain/outcome.ts';
import { connect } from '../../src/store/connection.ts';
import { migrate } from '../../src/store/migrate.ts';
import { MIGRATIONS } from '../../src/store/migrations/all.ts';
import type { Store } from '../../src/store/open.ts';
import { anAttempt, anOutcome, aStartedRun, HERE, MINUTE, NOON, THERE } from './builders.ts';
import { recordIn, tempFolder, tempStore } from './temp.ts';

const PROFILE: Profile = { provider: 'exec', taskKind: 'bug-fix', complexity: 'high', labels: ['api'] };
const PREDICTED: Prediction = { p50: 10.25, p90: 20, mean: 12, samples: 3 };

const pastOf = async (store: Store, key: RepositoryKey = HERE) =>
  (await store.memory(key, NOON)).pastAttempts;

async function end(store: Store, id: AttemptId, over: Partial<AttemptOutcome> = {}): Promise<void> {
  const { fence } = await store.takeLease(id, NOON, MINUTE);
  await store.finish(id, fence, anOutcome(id, fence, over));
}

test('what was known and predicted of an attempt is kept, and learnt from when it ends', async () => {
  const store = await tempStore();
  await recordIn(store, aStartedRun([1]));
  const attempt = anAttempt({ number: 2, kind: 'review', profile: PROFILE, predicted: PREDICTED });
  await recordIn(store, [{ kind: 'add-attempt', attempt }]);
  expect(await store.attempt(attempt.id)).toMatchObject({ profile: PROFILE, predicted: PREDICTED });
  expect(await pastOf(store)).toEqual([]);

  await end(store, attempt.id, { usage: { inputTokens: 1_000, outputTokens: 20, usd: 0.125 } });

  expect(await pastOf(store)).toEqual([
    {
      profile: PROFILE,
      purpose: 'review',
      isHere: true,
      endedAt: NOON,
      end: 'succeeded',
      minutes: 3,
      usage: { inputTokens: 1_000, outputTokens: 20, usd: 0.125 },
    },
  ]);
});

test('accidents are not learnt from, and only a time-out of the whole counts as time', async () => {
  const store = await tempStore();
  const ends = [
    { class: 'cancelled', failure: null },
    { class: 'lost', failure: null },
    { class: 'failed', failure: { kind: 'unreachable', detail: '' } },
    { class: 'failed', failure: { kind: 'setup', detail: '' } },
    { class: 'failed', failure: { kind: 'verify', detail: '' } },
    { class: 'timed-out', failure: { kind: 'timeout', detail: '' } },
    { class: 'timed-out', failure: { kind: 'idle-timeout', detail: '' } },
  ] as const;
  const issues = ends.map((_, at) => at + 1);
  await recordIn(store, aStartedRun(issues));
  for (const [at, over] of ends.entries()) await end(store, anAttempt({ issue: at + 1 }).id, over);

  expect((await pastOf(store)).map((past) => past.end)).toEqual(['failed', 'out-of-time', 'failed']);
});

test('the newest three hundred of a repository are remembered, and the newest hundred of all', async () => {
  const dataDir = await tempFolder();
  await (await tempStore(dataDir)).close();
  insertEnded(join(dataDir, 'heddle.db'), [
    ...Array.from({ length: 305 }, (_, at) => ({ repository: 100, at: at + 1 })),
    { repository: 200, at: 306 },
  ]);
  const store = await tempStore(dataDir);

  const here = await pastOf(store);
  expect(here.map(({ isHere }) => isHere)).toEqual([...Array(300).fill(true), false]);
  expect(here.slice(0, 2).map(({ minutes }) => minutes)).toEqual([305, 304]);
  expect((await pastOf(store, THERE)).filter(({ isHere }) => !isHere)).toHaveLength(99);
});

/** Attempts that ended at these times, and took as many minutes. */
function insertEnded(file: string, rows: readonly { repository: number; at: number }[]): void {
  const database = new Libsql(file);
  database.exec('pragma foreign_keys = off');
  database.exec('begin');
  const insert = database.prepare(
    `insert into attempts (id, repository_id, run_id, issue, number, kind, cause, prompt, title, created_at, fence,
       cancel_requested, outcome_class, work_ms, finished_at, learnt_at)
     values (?, ?, ?, 1, ?, 'implement', '{}', '', '', 1, 1, 0, 'succeeded', ?, ?, ?)`,
  );
  for (const { repository, at } of rows)
    insert.run([`a${at}`, repository, `${repository}-1`, at, at * MINUTE, at, at]);
  database.exec('commit');
  database.close();
}

test('the newest are found by an index, however many there are', async () => {
  const dataDir = await tempFolder();
  await tempStore(dataDir);
  const database = new Libsql(join(dataDir, 'heddle.db'));
  const planOf = (where: string): string =>
    JSON.stringify(
      database
        .prepare(
          `explain query plan select profile from attempts where ${where} learnt_at is not null order by learnt_at desc, id desc limit 9`,
        )
        .all([]),
    );
  expect(planOf('repository_id = 1 and')).toContain('attempts_by_learnt ');
  expect(planOf('')).toContain('attempts_by_learnt_anywhere');
  database.close();
});

test('what earlier versions have stored is learnt from, too', async () => {
  const dataDir = await tempFolder();
  await writeAsBefore(join(dataDir, 'heddle.db'), [
    anOutcome(anAttempt().id, 1, { usage: { inputTokens: 5, outputTokens: 6, usd: 0.5 } }),
    anOutcome(anAttempt().id, 1, { class: 'failed', failure: { kind: 'unreachable', detail: '' } }),
  ]);

  const store = await tempStore(dataDir);

  expect(await pastOf(store)).toMatchObject([
    { profile: { provider: 'exec', taskKind: null }, minutes: 3, usage: { inputTokens: 5, usd: 0.5 } },
  ]);
  expect(await store.attempt(attemptId('a0'))).toMatchObject({ profile: null, predicted: null });
});

/** A database of the version before, with an attempt for each outcome. */
async function writeAsBefore(file: string, outcomes: readonly AttemptOutcome[]): Promise<void> {
  const db = connect(file);
  const at = MIGRATIONS.findIndex(({ name }) => name.endsWith('-estimates'));
  await migrate(db, { migrations: MIGRATIONS.slice(0, at), now: NOON, place: file });
  await db.destroy();
  const database = new Libsql(file);
  database.exec('pragma foreign_keys = off');
  const insert = database.prepare(
    `insert into attempts (id, repository_id, run_id, issue, number, kind, cause, prompt, title, created_at, fence,
       cancel_requested, outcome, outcome_class, work_ms, finished_at)
     values (?, 100, '100-1', 1, ?, 'implement', '{"reviews":[],"retry":null}', '', '', 1, 1, 0, ?, ?, 180000, ?)`,
  );
  for (const [number, outcome] of outcomes.entries())
    insert.run([`a${number}`, number, JSON.stringify(outcome), outcome.class, NOON]);
  database.close();
}
