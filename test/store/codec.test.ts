import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Terminal } from '../../src/domain/errors.ts';
import { bind, decode, encode, outsideText } from '../../src/store/codec.ts';
import { anAttempt, anOutcome, aStartedRun, aTask, HERE, MINUTE, NOON, once, RUN } from './builders.ts';
import { recordIn, tempStore } from './temp.ts';

test('booleans become 0 and 1; texts, whole numbers and null stay', () => {
  expect([true, false, 'a', '', 0, -1, 2 ** 53 - 1, null, 5n].map(bind)).toEqual([
    1,
    0,
    'a',
    '',
    0,
    -1,
    2 ** 53 - 1,
    null,
    5,
  ]);
});

test.each([
  Number.NaN,
  Number.POSITIVE_INFINITY,
  0.5,
  2 ** 53,
  2n ** 60n,
  undefined,
  {},
  [],
  new Date(0),
  'a\u0000b',
])('a value that the database would distort is refused: %s', (value) => {
  expect(() => bind(value)).toThrow(Terminal);
});

test('a structure with NaN is refused, where JSON would make it null', () => {
  expect(() => encode({ a: [{ usd: Number.NaN }] })).toThrow('the number NaN in "usd" cannot be stored');
});

test('U+0000 in outside texts becomes visible', () => {
  expect(outsideText('a\u0000b')).toBe('a\u{FFFD}b');
  expect(decode(encode({ text: ['a\u0000b'] }))).toEqual({ text: ['a\u{FFFD}b'] });
});

test('texts of agents and people with U+0000 are stored, visibly changed', async () => {
  const store = await tempStore();
  const nul = 'a\u0000b';
  const { id } = anAttempt();
  await recordIn(store, aStartedRun());
  await recordIn(store, [
    { kind: 'add-task', task: aTask({ issue: 2, requestedBy: nul }) },
    { kind: 'add-attempt', attempt: anAttempt({ issue: 2, prompt: nul }) },
    {
      kind: 'update-task',
      runId: RUN,
      issue: 2,
      patch: { needsHuman: { at: 1, who: nul, cause: nul, nextStep: nul } },
    },
  ]);
  await store.commit(HERE, { recordings: [], actions: [once('a', nul)] }, NOON);
  await store.postponeAction(HERE, { key: once('a').key, until: NOON, error: nul });
  const { fence } = await store.takeLease(id, NOON, MINUTE);
  await store.finish(id, fence, anOutcome(id, fence, { summary: nul }));

  const clean = 'a\u{FFFD}b';
  expect(await store.dueActions(HERE, NOON)).toMatchObject([{ action: { body: clean } }]);
  expect(await store.attempt(id)).toMatchObject({ outcome: { summary: clean } });
  expect((await store.tasksOf(RUN))[1]).toMatchObject({ requestedBy: clean, needsHuman: { who: clean } });
});

test('any text survives the way into the database and back', async () => {
  const store = await tempStore();
  await recordIn(store, aStartedRun());
  let number = 1;
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 40 }), async (text) => {
      number += 1;
      const attempt = anAttempt({ number, prompt: text });
      await recordIn(store, [{ kind: 'add-attempt', attempt }]);
      expect((await store.attempt(attempt.id))?.prompt).toBe(outsideText(text));
    }),
    { numRuns: 100 },
  );
});
