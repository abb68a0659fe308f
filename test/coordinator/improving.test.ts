import { expect, test } from 'vitest';
import { type Improvement, Improver } from '../../src/coordinator/improving.ts';
import { improveKey } from '../../src/decide/keys.ts';
import { improvable } from '../../src/decide/planning.ts';
import type { DoneAction } from '../../src/domain/ports/store.ts';
import { planAlong } from '../../src/plan/replan.ts';
import { tempStore } from '../store/temp.ts';
import { Imagined } from '../support/imagined.ts';

/** A long chain that the order of the plan lets wait for short tasks with the same file. */
function badlyPlanned() {
  const world = new Imagined(
    [1, 2, 3, 4, 5, 6].map((number) => ({
      number,
      files: number < 4 ? ['a.ts'] : [],
      blockedBy: number > 4 ? [number - 1] : number === 4 ? [3] : [],
    })),
  );
  // Nothing starts: others use all slots.
  world.memory = { ...world.memory, busyElsewhere: 3 };
  world.settle();
  world.wait(2_000);
  const [run] = world.memory.runs;
  if (!run?.plan) throw new Error('nothing was planned');
  const plan = { ...run.plan, order: [1, 2, 3, 4, 5, 6] };
  world.memory = { ...world.memory, runs: [{ ...run, plan }] };
  const action: Improvement = {
    kind: 'improve-plan',
    key: improveKey(run.id, plan.revision),
    runId: run.id,
    mode: 'once',
    revision: plan.revision,
  };
  return { world, run, action };
}

function improverOf(world: Imagined) {
  const done: DoneAction[] = [];
  const woken: unknown[] = [];
  const improver = new Improver({
    store: {
      completeAction: async (_, result) => void done.push(result),
      postponeAction: async () => {
        throw new Error('nothing is put off here');
      },
    },
    trace: () => {},
    now: () => world.now,
    settings: world.settings,
    onResult: (key) => void woken.push(key),
  });
  return { improver, done, woken };
}

const HERE = { installationId: 1, repositoryId: 100 };

test('a search runs once beside the passes, and its order is shorter than the one in force', async () => {
  const { world, run, action } = badlyPlanned();
  const { improver, done, woken } = improverOf(world);
  const situation = { key: HERE, world: world.facts.world, memory: world.memory };
  for (let pass = 0; pass < 3; pass++) improver.begin(situation, action);
  await expect.poll(() => done.length).toBe(1);
  const [{ result } = { result: null }] = done;
  const asked = improvable(world.facts, run.id, action.revision);
  if (asked === null || result?.kind !== 'planned') throw new Error('nothing was found');
  expect(planAlong(asked.request, result.order).makespan).toBeLessThan(
    planAlong(asked.request, asked.order).makespan,
  );
  expect(woken).toEqual([HERE]);
  await improver.stop();
});

test('a search for a plan that has moved on is refused, and a stopped one leaves its action due', async () => {
  const { world, action } = badlyPlanned();
  const { improver, done } = improverOf(world);
  const situation = { key: HERE, world: world.facts.world, memory: world.memory };
  improver.begin(situation, { ...action, revision: 7 });
  await expect.poll(() => done.map(({ result }) => result.kind)).toEqual(['refused']);
  improver.begin(situation, action);
  await improver.stop();
  expect(done).toHaveLength(1);
});

test('a search that died with its process is due again, and its order is remembered', async () => {
  const { world, action } = badlyPlanned();
  const store = await tempStore();
  await store.commit(HERE, { recordings: [], actions: [{ ...action, runId: null }] }, world.now);
  const [due] = await store.dueActions(HERE, world.now);
  expect(due?.action).toEqual({ ...action, runId: null });
  const result = { kind: 'planned', order: [3, 4, 5, 6, 1, 2] } as const;
  await store.completeAction(HERE, { key: action.key, result, now: world.now });
  expect(await store.dueActions(HERE, world.now)).toEqual([]);
  expect((await store.memory(HERE, world.now)).actions.get(action.key)?.result).toEqual(result);
});
