import { expect, test } from 'vitest';
import type { Inbox, RunStore } from '../../src/domain/ports/store.ts';
import { aRun, HERE, MINUTE, NOON, once, THERE } from './builders.ts';
import { recordIn, tempFolder, tempStore } from './temp.ts';

const DAY = 24 * 60 * MINUTE;
const push = (id: string, key = HERE) => ({ id, event: 'push', key });

test('the store fits the coordinator’s ports', async () => {
  const store = await tempStore();

  const ports: RunStore & Inbox = store;

  expect(await ports.dueKeys()).toEqual([]);
});

test('a delivery makes its repository due until it is processed', async () => {
  const store = await tempStore();
  expect(await store.receive(push('one'), NOON)).toBe(true);
  expect(await store.dueKeys()).toEqual([HERE]);
  expect(await store.pending(HERE)).toEqual(['one']);

  await store.processed(['one'], NOON);

  expect(await store.dueKeys()).toEqual([]);
  expect(await store.pending(HERE)).toEqual([]);
});

test('a duplicate is dropped only once it is processed', async () => {
  const store = await tempStore();
  await store.receive(push('one'), NOON);

  expect(await store.receive(push('one'), NOON + 1)).toBe(true);
  await store.processed(['one'], NOON + 2);

  expect(await store.receive(push('one'), NOON + 3)).toBe(false);
  expect(await store.dueKeys()).toEqual([]);
});

test('unprocessed deliveries survive a restart', async () => {
  const folder = await tempFolder();
  const before = await tempStore(folder);
  await before.receive(push('one'), NOON);
  await before.close();

  const after = await tempStore(folder);

  expect(await after.pending(HERE)).toEqual(['one']);
});

test('the repository that waits longest comes first', async () => {
  const store = await tempStore();
  await store.receive(push('late'), NOON + 1);
  await store.receive(push('early', THERE), NOON);

  expect(await store.dueKeys()).toEqual([THERE, HERE]);
});

test('processed deliveries are forgotten after seven days, unprocessed ones never', async () => {
  const store = await tempStore();
  await store.receive(push('done'), NOON);
  await store.receive(push('waiting'), NOON);
  await store.processed(['done'], NOON);

  await store.processed([], NOON + 7 * DAY + 1);

  expect(await store.receive(push('done'), NOON + 8 * DAY)).toBe(true);
  expect(await store.pending(HERE)).toEqual(['waiting', 'done']);
});

test('more deliveries than one statement takes are processed together', async () => {
  const store = await tempStore();
  const ids = Array.from({ length: 501 }, (_, index) => `delivery-${index}`);
  for (const id of ids) await store.receive(push(id), NOON);

  await store.processed(ids, NOON);

  expect(await store.pending(HERE)).toEqual([]);
});

test('a new installation of the App goes on with the repository’s runs', async () => {
  const store = await tempStore();
  await store.receive(push('one'), NOON);
  await recordIn(store, [{ kind: 'open-run', run: aRun() }]);
  const moved = { ...HERE, installationId: 8 };

  await store.receive(push('two', moved), NOON);

  expect(await store.dueKeys()).toEqual([moved]);
  expect(await store.openKeys()).toEqual([moved]);
  expect((await store.memory(moved, NOON)).runs).toEqual([aRun()]);
});

test('repositories with a label or a run at any time are used, those that were only heard of are not', async () => {
  const store = await tempStore();
  await store.receive(push('one', THERE), NOON);
  await recordIn(store, [{ kind: 'open-run', run: aRun() }]);
  await recordIn(store, [{ kind: 'update-run', runId: aRun().id, patch: { endedAt: NOON } }]);
  expect(await store.usedKeys()).toEqual([HERE]);

  const admission = {
    issue: 1,
    labelEventId: 1,
    actor: 'alice',
    allowed: true,
    seenAt: NOON,
    joined: false,
    timesJoined: 0,
  };
  await store.commit(THERE, { recordings: [{ kind: 'admit', admission }], actions: [] }, NOON);

  expect(await store.usedKeys()).toEqual([HERE, THERE]);
});

test('repositories with open runs or waiting actions are open', async () => {
  const store = await tempStore();
  await recordIn(store, [{ kind: 'open-run', run: aRun() }]);
  await store.commit(THERE, { recordings: [], actions: [once('hello', 'Hello.', null)] }, NOON);
  expect(await store.openKeys()).toEqual([HERE, THERE]);

  await recordIn(store, [{ kind: 'update-run', runId: aRun().id, patch: { endedAt: NOON } }]);

  expect(await store.openKeys()).toEqual([THERE]);
});
