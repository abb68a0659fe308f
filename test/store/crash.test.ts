import { join } from 'node:path';
import Libsql from 'libsql';
import { expect, test } from 'vitest';
import { openStore, type Store } from '../../src/store/open.ts';
import { HERE, NOON } from './builders.ts';
import { compileChild, startChild } from './processes.ts';
import { tempFolder } from './temp.ts';

const KILLS = 10;

test('a store that is killed at any instant has lost nothing that it answered and has nothing by halves', async () => {
  const program = await compileChild('write', await tempFolder());
  const dataDir = await tempFolder();
  let written = 0;

  for (let kill = 0; kill < KILLS; kill++) {
    const child = startChild(program, [dataDir]);
    await child.printed(1 + ((kill * 37) % 60));
    await child.kill();
    const store = await openStore({ dataDir });
    written = await expectWhole(store, child.lines, written);
    await store.close();
  }

  expect(written).toBeGreaterThan(KILLS);
  expect(integrity(dataDir)).toEqual([{ integrity_check: 'ok' }]);
}, 120_000);

/** What was printed is there, and what belongs to one transaction is there together; answers how many steps are. */
async function expectWhole(store: Store, lines: readonly string[], before: number): Promise<number> {
  const { tasks, attempts, actions, runs, runCount } = await store.memory(HERE, NOON);
  const steps = tasks.length;
  expect(steps).toBeGreaterThanOrEqual(before);
  expect({ steps: attempts.length, acts: actions.size, runCount }).toEqual({
    steps,
    acts: steps,
    runCount: 1,
  });
  expect(runs[0]?.plan?.revision).toBe(steps);
  expect(await store.pending(HERE)).toContain(`delivery-${steps}`);
  const acted = [...actions.values()]
    .filter(({ state }) => state === 'done')
    .map(({ key }) => `acted ${key.slice(4)}`);
  const finished = attempts.filter(({ outcome }) => outcome).map(({ issue }) => `finished ${issue}`);
  const committed = tasks.map(({ issue }) => `committed ${issue}`);
  expect([...committed, ...acted, ...finished]).toEqual(expect.arrayContaining([...lines]));
  return steps;
}

function integrity(dataDir: string): unknown {
  const database = new Libsql(join(dataDir, 'heddle.db'));
  const answer = database.pragma('integrity_check');
  database.close();
  return answer;
}
