import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Action, Recording } from '../../src/domain/effect.ts';
import { effectKey, type RunId, runId } from '../../src/domain/ids.ts';
import { ActionRecords } from '../../src/store/action-records.ts';
import { connect } from '../../src/store/connection.ts';
import { readMemory } from '../../src/store/operations/read-memory.ts';
import { PastAttempts } from '../../src/store/past-attempts.ts';
import { aRun, HERE, level, NOON, once } from './builders.ts';
import { tempFolder, tempStore } from './temp.ts';

const RUNS = [runId('100-1'), runId('100-2')] as const;
const run = fc.constantFrom(...RUNS, null);
const key = fc.constantFrom('a', 'b', 'c', 'd');
const action = fc
  .record({ key, run, body: key, isOnce: fc.boolean() })
  .map((it) => (it.isOnce ? once(it.key, it.body, it.run) : level(it.key, it.body, it.run)));
const step = fc.oneof(
  fc.array(action, { maxLength: 3 }).map((actions) => ({ kind: 'intend', actions }) as const),
  key.map((it) => ({ kind: 'complete', key: effectKey(it) }) as const),
  key.map((it) => ({ kind: 'postpone', key: effectKey(it) }) as const),
  fc
    .record({ run: fc.constantFrom(...RUNS), endedAt: fc.constantFrom(null, NOON) })
    .map((it) => ({ kind: 'end', ...it }) as const),
);

test('the records that are kept are always those that are stored', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
      const folder = await tempFolder();
      const store = await tempStore(folder);
      const db = connect(join(folder, 'heddle.db'));
      const commit = async (recordings: readonly Recording[], actions: readonly Action[] = []) =>
        await store.commit(HERE, { recordings, actions }, NOON);
      const end = (id: RunId, endedAt: number | null): Recording => ({
        kind: 'update-run',
        runId: id,
        patch: { endedAt },
      });
      await commit(RUNS.map((id) => ({ kind: 'open-run', run: aRun({ id }) })));
      for (const one of steps) {
        if (one.kind === 'intend') await commit([], one.actions);
        if (one.kind === 'end') await commit([end(one.run, one.endedAt)]);
        if (one.kind === 'complete')
          await store.completeAction(HERE, { key: one.key, result: { kind: 'done' }, now: NOON });
        if (one.kind === 'postpone')
          await store.postponeAction(HERE, { key: one.key, until: NOON, error: 'later' });
        const kept = (await store.memory(HERE, NOON)).actions;
        const stored = (
          await readMemory({ db, records: new ActionRecords(), past: new PastAttempts() }, HERE, NOON)
        ).actions;
        expect(new Set(kept.values())).toEqual(new Set(stored.values()));
      }
      await db.destroy();
      await store.close();
    }),
    { numRuns: 25 },
  );
});
