import { expect, test } from 'vitest';
import { applyDue, type Hands } from '../../src/coordinator/apply.ts';
import type { Action } from '../../src/domain/effect.ts';
import { effectKey } from '../../src/domain/ids.ts';
import { HERE, NOON } from '../store/builders.ts';
import { tempStore } from '../store/temp.ts';
import { Imagined } from '../support/imagined.ts';
import { unasked } from './builders.ts';

const once = (key: string) => ({ key: effectKey(key), runId: null, mode: 'once' }) as const;
const reply: Action = {
  ...once('a1/answer/comment/7'),
  kind: 'reply-review',
  pull: 2,
  comment: 7,
  body: 'Done',
};
const request: Action = { ...once('a1/answer/request'), kind: 'request-review', pull: 2, reviewers: ['bob'] };
const SETTLE_MS = 1_000;

test('after a crash a review is asked for again only when its comments are answered', async () => {
  const store = await tempStore();
  await store.commit(HERE, { recordings: [], actions: [reply, request] }, NOON);
  const { world } = new Imagined([]);
  const written: string[] = [];
  let now = NOON;
  const hands: Hands = {
    store,
    github: () => ({
      perform: async ({ action }) => {
        written.push(action.kind);
        return { kind: 'done' };
      },
    }),
    git: { base: unasked, push: unasked, deleteBranch: unasked, cloneUrl: unasked },
    dispatcher: { dispatch: unasked, stop: unasked, release: unasked },
    trace: () => {},
    now: () => now,
    untried: new Set(),
    settleMs: SETTLE_MS,
    improve: unasked,
  };
  const apply = async () =>
    await applyDue(hands, { key: HERE, world, memory: await store.memory(HERE, now) });
  expect(await apply()).toMatchObject({ done: [], nextAt: NOON + SETTLE_MS });
  expect(written).toEqual([]);
  now += SETTLE_MS;
  await apply();
  expect(written).toEqual(['reply-review', 'request-review']);
});
