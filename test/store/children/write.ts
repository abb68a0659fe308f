import { attemptId, effectKey, sha } from '../../../src/domain/ids.ts';
import { openStore } from '../../../src/store/open.ts';
import { anAttempt, anOutcome, aRun, aTask, HERE, NOON, once, RUN } from '../builders.ts';

/** Writes numbered steps without end, and prints what is on the disk: `committed N`, `acted N`, `finished N`. */
const [dataDir = ''] = process.argv.slice(2);
const store = await openStore({ dataDir });
await store.commit(HERE, { recordings: [{ kind: 'open-run', run: aRun() }], actions: [] }, NOON);
const known = await store.tasksOf(RUN);

for (let step = known.length + 1; ; step++) {
  await write(step);
}

async function write(step: number): Promise<void> {
  await store.receive({ id: `delivery-${step}`, event: 'push', key: HERE }, NOON);
  await commit(step);
  console.log(`committed ${step}`);
  await store.completeAction(HERE, {
    key: effectKey(`act-${step}`),
    result: { kind: 'comment', id: step },
    now: NOON,
  });
  console.log(`acted ${step}`);
  const id = attemptId(`${RUN}-${step}-1`);
  const { fence } = await store.takeLease(id, NOON, 1_000);
  await store.finish(id, fence, anOutcome(id, fence, { tip: sha(step.toString(16).padStart(40, '0')) }));
  console.log(`finished ${step}`);
}

async function commit(step: number): Promise<void> {
  const plan = {
    revision: step,
    order: [step],
    batches: [],
    expectedMinutes: null,
    sequentialMinutes: null,
    inputHash: '',
  };
  const recordings = [
    { kind: 'add-task', task: aTask({ issue: step }) },
    { kind: 'add-attempt', attempt: anAttempt({ issue: step, prompt: 'words '.repeat(500) }) },
    { kind: 'update-run', runId: RUN, patch: { plan } },
  ] as const;
  await store.commit(HERE, { recordings, actions: [once(`act-${step}`)] }, NOON);
}
