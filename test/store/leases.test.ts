import { expect, test } from 'vitest';
import { Terminal } from '../../src/domain/errors.ts';
import { attemptId, runId } from '../../src/domain/ids.ts';
import type { Store } from '../../src/store/open.ts';
import {
  anAttempt,
  anOutcome,
  aRun,
  aStartedRun,
  BASE,
  HERE,
  MINUTE,
  NOON,
  OTHER_BASE,
  RUN,
  THERE,
} from './builders.ts';
import { recordIn, tempFolder, tempStore } from './temp.ts';

const { id } = anAttempt();

async function storeWithAttempt(folder?: string): Promise<Store> {
  const store = await tempStore(folder);
  await recordIn(store, aStartedRun());
  return store;
}

test('a lease is live until its time is over', async () => {
  const store = await storeWithAttempt();
  expect(await store.takeLease(id, NOON, MINUTE)).toEqual({ fence: 1 });

  expect(await store.memory(HERE, NOON + MINUTE - 1)).toMatchObject({
    attempts: [{ lease: 'live', fence: 1 }],
  });
  expect(await store.memory(HERE, NOON + MINUTE)).toMatchObject({ attempts: [{ lease: 'none' }] });
  await store.extendLeases(NOON + MINUTE, MINUTE);

  expect(await store.memory(HERE, NOON + MINUTE)).toMatchObject({ attempts: [{ lease: 'live' }] });
});

test('only the leases of work that goes on are extended', async () => {
  const store = await tempStore();
  await recordIn(store, aStartedRun([1, 2]));
  const other = anAttempt({ issue: 2 }).id;
  for (const each of [id, other]) await store.takeLease(each, NOON, MINUTE);

  await store.extendLeases(NOON, 2 * MINUTE, [other]);
  await store.extendLeases(NOON, 3 * MINUTE, []);

  const { attempts } = await store.memory(HERE, NOON + MINUTE);
  expect(attempts.map(({ lease }) => lease)).toEqual(['none', 'live']);
});

test('a started attempt has its outcome stored once', async () => {
  const store = await storeWithAttempt();
  const { fence } = await store.takeLease(id, NOON, MINUTE);
  expect(await store.markStarted(id, fence, NOON + 1)).toBe(true);
  const outcome = anOutcome(id, fence);

  expect(await store.finish(id, fence, outcome)).toBe(true);
  expect(await store.finish(id, fence, { ...outcome, class: 'failed' })).toBe(false);

  expect(await store.attempt(id)).toEqual(anAttempt({ fence, startedAt: NOON + 1, outcome }));
});

test('a late worker’s result is refused', async () => {
  const store = await storeWithAttempt();
  const late = await store.takeLease(id, NOON, MINUTE);
  const current = await store.takeLease(id, NOON + MINUTE, MINUTE);

  expect(await store.finish(id, late.fence, anOutcome(id, late.fence))).toBe(false);
  expect(await store.markStarted(id, late.fence, NOON)).toBe(false);
  expect(await store.releaseLease(id, late.fence)).toBe(false);
  expect(await store.attempt(id)).toMatchObject({ outcome: null, startedAt: null });

  expect(await store.finish(id, current.fence, anOutcome(id, current.fence))).toBe(true);
});

test('an outcome that names another attempt or fence is refused', async () => {
  const store = await storeWithAttempt();
  const { fence } = await store.takeLease(id, NOON, MINUTE);

  expect(await store.finish(id, fence, anOutcome(attemptId('100-1-2-1'), fence))).toBe(false);
  expect(await store.finish(id, fence, anOutcome(id, fence + 1))).toBe(false);
});

test('the leases of a process that is gone are dead at once, and its results refused', async () => {
  const folder = await tempFolder();
  const before = await storeWithAttempt(folder);
  const { fence } = await before.takeLease(id, NOON, 60 * MINUTE);
  await before.close();

  const after = await tempStore(folder);

  expect(await after.memory(HERE, NOON)).toMatchObject({ attempts: [{ lease: 'none', fence: 1 }] });
  expect(await after.finish(id, fence, anOutcome(id, fence))).toBe(false);
  expect(await after.takeLease(id, NOON, MINUTE)).toEqual({ fence: 2 });
});

test('an attempt that was given back can be taken again', async () => {
  const store = await storeWithAttempt();
  const { fence } = await store.takeLease(id, NOON, MINUTE);

  expect(await store.releaseLease(id, fence)).toBe(true);

  expect(await store.memory(HERE, NOON)).toMatchObject({ attempts: [{ lease: 'none' }] });
  expect(await store.takeLease(id, NOON, MINUTE)).toEqual({ fence: 2 });
});

test('nobody takes an attempt that is done or unknown', async () => {
  const store = await storeWithAttempt();
  const { fence } = await store.takeLease(id, NOON, MINUTE);
  await store.finish(id, fence, anOutcome(id, fence));

  await expect(store.takeLease(id, NOON, MINUTE)).rejects.toThrow(Terminal);
  await expect(store.takeLease(attemptId('nobody'), NOON, MINUTE)).rejects.toMatchObject({ stale: true });
});

test('the first pin of a base stays', async () => {
  const store = await storeWithAttempt();

  expect(await store.pinBase(id, BASE)).toBe(BASE);
  expect(await store.pinBase(id, OTHER_BASE)).toBe(BASE);

  expect(await store.attempt(id)).toMatchObject({ base: BASE });
  await expect(store.pinBase(attemptId('nobody'), BASE)).rejects.toThrow('there is no attempt nobody');
});

test('what other repositories run or are about to run is busy', async () => {
  const store = await tempStore();
  const theirs = aRun({ id: runId('200-1') });
  await recordIn(store, aStartedRun([1, 2], theirs), THERE);
  const [running, waiting] = [1, 2].map((issue) => anAttempt({ runId: theirs.id, issue }).id);
  await store.takeLease(running ?? id, NOON, MINUTE);
  expect((await store.memory(HERE, NOON)).busyElsewhere).toBe(2);
  expect((await store.memory(THERE, NOON)).busyElsewhere).toBe(0);

  await recordIn(store, [{ kind: 'cancel-attempt', attempt: waiting ?? id }], THERE);
  await recordIn(store, [{ kind: 'update-run', runId: theirs.id, patch: { endedAt: NOON } }], THERE);

  expect((await store.memory(HERE, NOON)).busyElsewhere).toBe(1);
  expect((await store.memory(HERE, NOON + MINUTE)).busyElsewhere).toBe(0);
});

test('attempts of a run are reported by issue and number', async () => {
  const store = await tempStore();
  await recordIn(store, aStartedRun([2, 1]));
  await recordIn(store, [{ kind: 'add-attempt', attempt: anAttempt({ issue: 2, number: 2 }) }]);

  expect((await store.attemptsOf(RUN)).map(({ issue, number }) => [issue, number])).toEqual([
    [1, 1],
    [2, 1],
    [2, 2],
  ]);
});
