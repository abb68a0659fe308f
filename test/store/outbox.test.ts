import { expect, test } from 'vitest';
import { type Action, type ActionResult, payloadHash } from '../../src/domain/effect.ts';
import { effectKey } from '../../src/domain/ids.ts';
import type { Store } from '../../src/store/open.ts';
import { aRun, aStartedRun, HERE, level, MINUTE, NOON, once, RUN, THERE } from './builders.ts';
import { recordIn, tempStore } from './temp.ts';

const WRITTEN: ActionResult = { kind: 'comment', id: 4 };
const REFUSED: ActionResult = { kind: 'refused', message: 'it is locked', stale: false };

const storeWithRun = async (): Promise<Store> => {
  const store = await tempStore();
  await recordIn(store, aStartedRun());
  return store;
};
const intend = async (store: Store, ...actions: readonly Action[]) =>
  await store.commit(HERE, { recordings: [], actions }, NOON);
const complete = async (store: Store, { key }: Action, result: ActionResult = WRITTEN) =>
  await store.completeAction(HERE, { key, result, now: NOON + MINUTE });
const due = async (store: Store, now = NOON) => await store.dueActions(HERE, now);
const recordOf = async (store: Store, { key }: Action) => (await store.memory(HERE, NOON)).actions.get(key);

test('actions are due in the order in which they were decided', async () => {
  const store = await storeWithRun();

  await intend(store, once('c'), level('a', 'x'));
  await intend(store, once('b'));

  const keys = (await due(store)).map(({ action }) => action.key);
  expect(keys).toEqual(['c', 'a', 'b']);
});

test('a due action is the one that was decided, with its record', async () => {
  const store = await storeWithRun();
  const action = once('hello', 'A text with\nlines, "quotes" and 😀.');

  await intend(store, action);

  const record = {
    key: action.key,
    kind: 'comment',
    state: 'pending',
    payloadHash: payloadHash(action),
    result: null,
    doneAt: null,
    tries: 0,
  };
  expect(await due(store)).toEqual([{ action, record, previous: null }]);
  expect(await recordOf(store, action)).toEqual(record);
});

test('a once action is done once, whatever its payload', async () => {
  const store = await storeWithRun();
  await intend(store, once('hello'));
  await complete(store, once('hello'));

  await intend(store, once('hello', 'Other words.'));

  expect(await due(store)).toEqual([]);
  expect(await recordOf(store, once('hello'))).toMatchObject({
    state: 'done',
    result: WRITTEN,
    doneAt: NOON + MINUTE,
  });
});

test('a once action that was refused stays done', async () => {
  const store = await storeWithRun();
  await intend(store, once('hello'));
  await complete(store, once('hello'), REFUSED);

  await intend(store, once('hello'));

  expect(await recordOf(store, once('hello'))).toMatchObject({ state: 'done', result: REFUSED });
});

test('a pending once action keeps its first payload and its tries', async () => {
  const store = await storeWithRun();
  await intend(store, once('hello'));
  await store.postponeAction(HERE, { key: effectKey('hello'), until: NOON, error: 'later' });

  await intend(store, once('hello', 'Other words.'));

  expect(await due(store)).toMatchObject([{ action: once('hello'), record: { tries: 1 } }]);
});

test('a pending level action with the same payload keeps its tries and its pause', async () => {
  const store = await storeWithRun();
  await intend(store, level('status', 'one'));
  await store.postponeAction(HERE, { key: effectKey('status'), until: NOON + 0.5, error: 'later' });

  await intend(store, level('status', 'one'));

  expect(await due(store)).toEqual([]);
  expect(await due(store, NOON + 1)).toMatchObject([{ record: { tries: 1 } }]);
});

test('another payload replaces a pending level action at its place, and waits as long as the first one would', async () => {
  const store = await storeWithRun();
  await intend(store, level('status', 'one'), once('hello'));
  await store.postponeAction(HERE, { key: effectKey('status'), until: NOON + MINUTE, error: 'later' });

  await intend(store, level('status', 'two'));

  expect(await due(store)).toMatchObject([{ action: once('hello') }]);
  expect(await due(store, NOON + MINUTE)).toMatchObject([
    { action: level('status', 'two'), record: { tries: 1 } },
    { action: once('hello') },
  ]);
});

test('a level action that is done opens again and knows what was written last', async () => {
  const store = await storeWithRun();
  await intend(store, level('status', 'one'));
  await complete(store, level('status', 'one'));

  await intend(store, level('status', 'two'));

  expect(await due(store)).toMatchObject([
    {
      action: level('status', 'two'),
      previous: WRITTEN,
      record: { state: 'pending', result: WRITTEN, doneAt: null },
    },
  ]);
});

test('the same payload may be asserted again', async () => {
  const store = await storeWithRun();
  await intend(store, level('labels', 'one'));
  await complete(store, level('labels', 'one'));

  await intend(store, level('labels', 'one'));

  expect(await due(store)).toMatchObject([{ previous: WRITTEN }]);
});

test('a refusal does not replace what was written before', async () => {
  const store = await storeWithRun();
  for (const result of [WRITTEN, REFUSED]) {
    await intend(store, level('status', result.kind));
    await complete(store, level('status', result.kind), result);
  }

  await intend(store, level('status', 'three'));

  expect(await due(store)).toMatchObject([{ previous: WRITTEN, record: { result: REFUSED } }]);
});

test('a result that comes twice is stored once', async () => {
  const store = await storeWithRun();
  await intend(store, once('hello'));
  await complete(store, once('hello'));

  await complete(store, once('hello'), REFUSED);
  await store.postponeAction(HERE, { key: effectKey('hello'), until: NOON, error: 'late' });

  expect(await recordOf(store, once('hello'))).toMatchObject({ state: 'done', result: WRITTEN, tries: 0 });
});

test('repositories do not see each other’s actions', async () => {
  const store = await storeWithRun();
  await intend(store, once('hello'));

  await store.commit(THERE, { recordings: [], actions: [once('hello', 'There.', null)] }, NOON);
  await store.completeAction(THERE, { key: effectKey('hello'), result: WRITTEN, now: NOON });

  expect(await due(store)).toMatchObject([{ action: once('hello') }]);
});

test('an ended run’s actions are forgotten by the memory but still carried out', async () => {
  const store = await storeWithRun();
  await intend(store, once('goodbye'), once('label', 'No.', null));

  await recordIn(store, [{ kind: 'update-run', runId: RUN, patch: { endedAt: NOON } }]);

  const keys = [...(await store.memory(HERE, NOON)).actions.keys()];
  expect(keys).toEqual(['label']);
  expect(await due(store)).toHaveLength(2);
});

test('of the repository’s own actions the newest five hundred are remembered', async () => {
  const store = await tempStore();
  const actions = Array.from({ length: 501 }, (_, index) => once(`notice-${index}`, 'No.', null));

  await intend(store, ...actions);

  const keys = [...(await store.memory(HERE, NOON)).actions.keys()];
  expect(keys).toHaveLength(500);
  expect(keys[0]).toBe('notice-1');
});

test('an intent and its run are stored together or not at all', async () => {
  const store = await tempStore();
  const orphan = once('hello');

  await expect(intend(store, orphan)).rejects.toThrow('FOREIGN KEY');
  await store.commit(HERE, { recordings: [{ kind: 'open-run', run: aRun() }], actions: [orphan] }, NOON);

  expect(await due(store)).toHaveLength(1);
});

test('an action that was put off before the clock was set back is due', async () => {
  const store = await storeWithRun();
  await intend(store, once('hello'));
  await store.postponeAction(HERE, { key: effectKey('hello'), until: NOON + MINUTE, error: 'later' });
  expect(await due(store, NOON)).toEqual([]);
  expect(await due(store, NOON - 365 * 24 * 60 * MINUTE)).toHaveLength(1);
});
