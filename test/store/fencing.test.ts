import { rm } from 'node:fs/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openStore, type Store } from '../../src/store/open.ts';
import { anAttempt, anOutcome, aStartedRun, MINUTE, NOON } from './builders.ts';
import { newFolder, recordIn } from './temp.ts';

const { id } = anAttempt();

/** What can happen to one attempt: `worker` points to any of the dispatches so far, late ones included. */
type Step =
  | { readonly kind: 'dispatch' | 'restart' | 'extend' | 'cancel' }
  | { readonly kind: 'start' | 'give-back' | 'finish'; readonly worker: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constantFrom('dispatch' as const, 'dispatch', 'restart', 'extend', 'cancel') }),
  fc.record({ kind: fc.constantFrom('start' as const, 'give-back', 'finish'), worker: fc.nat(5) }),
);

/** What must hold, said without a database: only the last dispatch of the living process may write, and once. */
interface Model {
  readonly fences: number[];
  holding: number | null;
  outcomeBy: number | null;
}

test('whatever happens, only the last dispatch of the living process writes the outcome, and once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 8, maxLength: 25 }), async (steps) => {
      const folder = await newFolder();
      const model: Model = { fences: [], holding: null, outcomeBy: null };
      let store = await openStore({ dataDir: folder });
      try {
        await recordIn(store, aStartedRun());
        for (const next of steps) store = await take(next, { store, folder, model });
        const stored = await store.attempt(id);
        expect(stored?.outcome?.fence ?? null).toBe(model.outcomeBy);
        expect(stored?.fence).toBe(model.fences.length);
      } finally {
        await store.close();
        await rm(folder, { recursive: true });
      }
    }),
    { numRuns: 60 },
  );
}, 60_000);

interface Scene {
  readonly store: Store;
  readonly folder: string;
  readonly model: Model;
}

async function take(next: Step, { store, folder, model }: Scene): Promise<Store> {
  if ('worker' in next) {
    await work(next, { store, model });
    return store;
  }
  switch (next.kind) {
    case 'dispatch':
      await dispatch(store, model);
      return store;
    case 'restart':
      await store.close();
      model.holding = null;
      return await openStore({ dataDir: folder });
    case 'extend':
      await store.extendLeases(NOON, MINUTE);
      return store;
    case 'cancel':
      await recordIn(store, [{ kind: 'cancel-attempt', attempt: id }]);
      return store;
    default:
      return next satisfies never;
  }
}

async function dispatch(store: Store, model: Model): Promise<void> {
  const taken = await store.takeLease(id, NOON, MINUTE).catch(() => null);
  expect(taken !== null).toBe(model.outcomeBy === null);
  if (!taken) return;
  model.fences.push(taken.fence);
  model.holding = taken.fence;
}

async function work(
  { kind, worker }: Extract<Step, { worker: number }>,
  { store, model }: Omit<Scene, 'folder'>,
): Promise<void> {
  const fence = model.fences[worker % Math.max(model.fences.length, 1)];
  if (fence === undefined) return;
  const may = model.holding === fence && model.outcomeBy === null;
  if (kind === 'start') expect(await store.markStarted(id, fence, NOON)).toBe(may);
  if (kind === 'give-back') expect(await store.releaseLease(id, fence)).toBe(may);
  if (kind === 'finish') expect(await store.finish(id, fence, anOutcome(id, fence))).toBe(may);
  if (may && kind === 'finish') model.outcomeBy = fence;
  if (may && kind !== 'start') model.holding = null;
}
