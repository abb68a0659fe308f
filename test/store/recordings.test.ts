import { expect, test } from 'vitest';
import type { Override } from '../../src/domain/dependency.ts';
import type { Admission, HandledCommand, Recording } from '../../src/domain/effect.ts';
import { NOTHING_KNOWN } from '../../src/domain/facts.ts';
import { type RepositoryKey, runId } from '../../src/domain/ids.ts';
import type { Score, TaskScores } from '../../src/domain/overlap.ts';
import { anAttempt, aRun, aStartedRun, aTask, HERE, MINUTE, NOON, RUN, THERE } from './builders.ts';
import { recordIn, tempStore } from './temp.ts';

const DAY = 24 * 60 * MINUTE;

const admission: Admission = {
  issue: 1,
  labelEventId: 5,
  actor: 'ada',
  allowed: true,
  seenAt: NOON,
  joined: false,
  timesJoined: 0,
};
const command: HandledCommand = {
  commentId: 9,
  line: 1,
  verb: 'pause',
  author: 'ada',
  result: 'done',
  at: NOON,
};
const override: Override = {
  issue: 1,
  on: { owner: 'acme', name: 'lib', number: 2 },
  relation: 'independent-of',
  author: 'ada',
  quote: '/parallel independent-of acme/lib#2',
  commentId: 9,
  line: 2,
};
const plan = {
  revision: 2,
  order: [1],
  batches: [[1]],
  expectedMinutes: 4.5,
  sequentialMinutes: null,
  inputHash: 'x',
};
const need = { at: NOON, who: 'ada', cause: 'checks fail', nextStep: 'look' };
const ended = { as: 'failed', at: NOON, cause: 'gave up', mergeSha: null } as const;

const everything: readonly Recording[] = [
  ...aStartedRun(),
  { kind: 'update-run', runId: RUN, patch: { plan, pausedAt: NOON } },
  { kind: 'admit', admission },
  { kind: 'update-task', runId: RUN, issue: 1, patch: { priority: 'high', needsHuman: need, ended } },
  { kind: 'cancel-attempt', attempt: anAttempt().id },
  { kind: 'handle-command', command },
  { kind: 'add-override', override },
  { kind: 'update-repository', patch: { commentsSince: NOON, quietSkippedAt: NOON - 1 } },
];

test('a fresh repository has an empty memory that looks back five minutes', async () => {
  const store = await tempStore();
  await store.receive({ id: 'one', event: 'issues', key: HERE }, NOON);

  expect(await store.memory(HERE, NOON + DAY)).toEqual({
    ...NOTHING_KNOWN,
    commentsSince: NOON - 5 * MINUTE,
  });
});

test('every recording is found in the memory as it was written', async () => {
  const store = await tempStore();

  await recordIn(store, everything);

  expect(await store.memory(HERE, NOON)).toMatchObject({
    commentsSince: NOON,
    quietSkippedAt: NOON - 1,
    runCount: 1,
    admissions: [admission],
    runs: [aRun({ plan, pausedAt: NOON })],
    tasks: [aTask({ priority: 'high', needsHuman: need, ended })],
    attempts: [anAttempt({ cancelRequested: true })],
    handled: [command],
    overrides: [override],
  });
});

test('a commit that is repeated changes nothing', async () => {
  const store = await tempStore();
  await recordIn(store, everything);
  const { fence } = await store.takeLease(anAttempt().id, NOON, MINUTE);
  await store.markStarted(anAttempt().id, fence, NOON);
  const before = await store.memory(HERE, NOON);

  await recordIn(store, everything);

  expect(await store.memory(HERE, NOON)).toEqual(before);
  expect(before.attempts).toMatchObject([{ fence: 1, lease: 'live', startedAt: NOON }]);
});

test('a patch changes what it names and can take a value away', async () => {
  const store = await tempStore();
  await recordIn(store, everything);

  await recordIn(store, [
    { kind: 'update-run', runId: RUN, patch: { pausedAt: null } },
    { kind: 'update-task', runId: RUN, issue: 1, patch: { needsHuman: null, ended: null } },
    { kind: 'update-repository', patch: {} },
  ]);

  const memory = await store.memory(HERE, NOON);
  expect(memory.runs).toEqual([aRun({ plan })]);
  expect(memory.tasks).toEqual([aTask({ priority: 'high' })]);
  expect(memory.commentsSince).toBe(NOON);
});

test('the last word about a label replaces the one before', async () => {
  const store = await tempStore();
  await recordIn(store, [{ kind: 'admit', admission }]);
  const later: Admission = { ...admission, labelEventId: 6, allowed: false, joined: true, timesJoined: 1 };

  await recordIn(store, [{ kind: 'admit', admission: later }]);

  expect((await store.memory(HERE, NOON)).admissions).toEqual([later]);
});

test('the first result of a command line stays', async () => {
  const store = await tempStore();
  await recordIn(store, [{ kind: 'handle-command', command }]);

  await recordIn(store, [{ kind: 'handle-command', command: { ...command, result: 'refused' } }]);

  expect((await store.memory(HERE, NOON)).handled).toEqual([command]);
});

test('every word about a dependency is kept, also when its run is over, and for its own repository alone', async () => {
  const store = await tempStore();
  const later: Override = { ...override, relation: 'depends-on', commentId: 10 };
  await recordIn(store, [...aStartedRun(), { kind: 'add-override', override: later }]);
  await recordIn(store, [{ kind: 'add-override', override }]);

  await recordIn(store, [{ kind: 'update-run', runId: RUN, patch: { endedAt: NOON } }]);

  expect((await store.memory(HERE, NOON)).overrides).toEqual([override, later]);
  expect((await store.memory(THERE, NOON)).overrides).toEqual([]);
});

test('commands from more than a day before the watermark are left out', async () => {
  const store = await tempStore();
  await recordIn(store, [{ kind: 'handle-command', command }]);
  await recordIn(store, [{ kind: 'update-repository', patch: { commentsSince: NOON + DAY } }]);
  expect((await store.memory(HERE, NOON)).handled).toEqual([command]);

  await recordIn(store, [{ kind: 'update-repository', patch: { commentsSince: NOON + DAY + 1 } }]);

  expect((await store.memory(HERE, NOON)).handled).toEqual([]);
});

test('ended runs are counted but not remembered, and reports still find them', async () => {
  const store = await tempStore();
  await recordIn(store, aStartedRun());

  await recordIn(store, [{ kind: 'update-run', runId: RUN, patch: { endedAt: NOON } }]);

  expect(await store.memory(HERE, NOON)).toMatchObject({ runCount: 1, runs: [], tasks: [], attempts: [] });
  expect(await store.runsOf(HERE)).toEqual([aRun({ endedAt: NOON })]);
  expect(await store.tasksOf(RUN)).toEqual([aTask()]);
  expect(await store.attemptsOf(RUN)).toEqual([anAttempt()]);
});

test('one wrong recording undoes the whole commit', async () => {
  const store = await tempStore();
  const wrong: Recording = { kind: 'update-task', runId: RUN, issue: 404, patch: { pausedAt: NOON } };

  const commit = recordIn(store, [...aStartedRun(), wrong]);

  await expect(commit).rejects.toThrow('run 100-1 has no task #404 to update');
  expect((await store.memory(HERE, NOON)).runs).toEqual([]);
});

test('a run id of another repository is refused', async () => {
  const store = await tempStore();
  await recordIn(store, aStartedRun());

  await expect(recordIn(store, aStartedRun(), THERE)).rejects.toThrow(
    'the run id 100-1 belongs to repository 100',
  );
});

test('two attempts of a task with one number are refused', async () => {
  const store = await tempStore();
  await recordIn(store, aStartedRun());
  const twin = { ...anAttempt({ number: 1 }), id: anAttempt({ number: 2 }).id };

  await expect(recordIn(store, [{ kind: 'add-attempt', attempt: twin }])).rejects.toThrow('UNIQUE');
});

test('an epic’s run keeps its scope', async () => {
  const store = await tempStore();
  const epic = aRun({ id: runId('100-2'), scope: { kind: 'epic', issue: 12 }, openedAt: NOON + 1 });

  await recordIn(store, [
    { kind: 'open-run', run: epic },
    { kind: 'open-run', run: aRun() },
  ]);

  expect(await store.memory(HERE, NOON)).toMatchObject({ runs: [aRun(), epic], runCount: 2 });
});

test('many passes at once do not get into each other’s transactions', async () => {
  const store = await tempStore();
  const keys = Array.from({ length: 20 }, (_, index) => ({ installationId: 7, repositoryId: 1_000 + index }));
  const run = (key: RepositoryKey) => aRun({ id: runId(`${key.repositoryId}-1`) });

  await Promise.all(
    keys.map(async (key) => {
      await recordIn(store, aStartedRun([1, 2], run(key)), key);
      expect((await store.memory(key, NOON)).tasks).toHaveLength(2);
    }),
  );

  expect(await store.openKeys()).toEqual(keys);
});

const score = (predicted: number, hits: number): Score => ({
  ...{ predicted, hits, expected: 700_001 * predicted },
  ...{ real: 4, found: hits },
});
const scored = (over: Partial<TaskScores> = {}): TaskScores => ({
  runId: RUN,
  issue: 1,
  attempt: 1,
  scores: new Map([
    ['co-change', score(2, 1)],
    ['foreseen', score(3, 2)],
  ]),
  ...over,
});

test('a comparison that is told again counts once, and a later one of the task replaces it', async () => {
  const store = await tempStore();
  await recordIn(store, [...aStartedRun([1, 2]), { kind: 'score-task', scored: scored() }]);
  const other = scored({ issue: 2, scores: new Map([['co-change', score(5, 5)]]) });

  for (const each of [other, scored(), other]) await recordIn(store, [{ kind: 'score-task', scored: each }]);
  const again = scored({ attempt: 2, scores: new Map([['co-change', score(2, 2)]]) });
  await recordIn(store, [{ kind: 'score-task', scored: again }]);

  const { scores, learnt } = await store.memory(HERE, NOON);
  expect(scores).toEqual([again, other]);
  expect(learnt).toEqual(new Map([['co-change', { ...score(7, 7), real: 8 }]]));
});

test('what was learnt outlives the run, for its own repository alone', async () => {
  const store = await tempStore();
  await recordIn(store, [...aStartedRun(), { kind: 'score-task', scored: scored() }]);

  await recordIn(store, [{ kind: 'update-run', runId: RUN, patch: { endedAt: NOON } }]);

  const { scores, learnt } = await store.memory(HERE, NOON);
  expect([scores, learnt]).toEqual([[], scored().scores]);
  expect((await store.scoresOf(THERE)).size).toBe(0);
});

test('the keys that were taken with an attempt come back as they were', async () => {
  const store = await tempStore();
  const clues = [{ source: 'co-change', quote: 'a.ts', via: 'a.ts', confidence: 0.857142 }] as const;
  const foreseen = [{ key: 'b.ts', clues, confidence: 0.857142, level: 'exclusive' }] as const;
  const attempt = anAttempt({ forecast: { keys: ['b.ts'], foreseen } });
  await recordIn(store, [
    { kind: 'open-run', run: aRun() },
    { kind: 'add-task', task: aTask() },
    { kind: 'add-attempt', attempt },
  ]);

  expect((await store.memory(HERE, NOON)).attempts).toEqual([attempt]);
});
