import { describe, expect, test } from 'vitest';
import { Imagined, policyWith } from '../support/imagined.ts';

const kinds = (world: Imagined): readonly string[] => world.log.map((effect) => effect.kind);

describe('the life of tasks, as decisions alone', () => {
  test('labelled issues wait for the quiet time, then start as far as dependencies allow', () => {
    const world = new Imagined([{ number: 1 }, { number: 2, blockedBy: [1] }]);
    world.settle();
    expect(world.running()).toEqual([]);
    world.wait(2_000);
    expect(world.running().map((attempt) => attempt.issue)).toEqual([1]);
  });

  test('a task goes through push, pull request, approval and merge; then its dependent starts', () => {
    const world = new Imagined([{ number: 1 }, { number: 2, blockedBy: [1] }]);
    world.settle();
    world.wait(2_000);
    for (const attempt of world.running()) world.succeeds(attempt);
    expect(world.pullOf(1)).toMatchObject({ draft: false, state: 'open' });
    world.reviews(1, 'approved');
    expect(world.pullOf(1)).toMatchObject({ merged: true });
    expect(world.running().map((attempt) => attempt.issue)).toEqual([2]);
  });

  test('no pull request is opened while its tracking issue is still being looked for', () => {
    const world = new Imagined([{ number: 1 }]);
    world.settle();
    world.wait(2_000);
    const known = world.memory.actions;
    const created = [...known.values()].find((record) => record.kind === 'create-issue');
    if (!created) throw new Error('no tracking issue');
    const lost = { ...created, state: 'pending', result: null, doneAt: null } as const;
    world.memory = { ...world.memory, actions: new Map(known).set(created.key, lost) };
    for (const attempt of world.running()) world.succeeds(attempt);
    expect(world.pullOf(1)).toBeUndefined();
    world.memory = { ...world.memory, actions: new Map(world.memory.actions).set(created.key, created) };
    world.settle();
    expect(world.pullOf(1)).toMatchObject({ draft: false });
  });

  test('nothing is merged while its checks are still to be written', () => {
    const world = new Imagined([{ number: 1 }]);
    world.settle();
    world.wait(2_000);
    world.refusesChecks();
    for (const attempt of world.running()) world.succeeds(attempt);
    world.reviews(1, 'approved');
    expect(world.pullOf(1)).toMatchObject({ draft: false, merged: false });
    world.takesChecks();
    expect(world.pullOf(1)).toMatchObject({ merged: true });
  });

  test('a check that GitHub refuses again and again holds up no merge for long', () => {
    const world = new Imagined([{ number: 1 }]);
    world.settle();
    world.wait(2_000);
    world.refusesChecks();
    for (const attempt of world.running()) world.succeeds(attempt);
    world.reviews(1, 'approved');
    world.hasRefusedChecks(3);
    expect(world.pullOf(1)).toMatchObject({ merged: true });
  });

  test('a check that waits does so no longer when somebody has merged all the same, on old commits too', () => {
    const world = new Imagined([{ number: 1 }, { number: 2 }]);
    world.settle();
    world.wait(2_000);
    for (const attempt of world.running().slice(1)) world.succeeds(attempt);
    world.says('alice', 2, '/parallel depends-on #1');
    world.reviews(2, 'changes-requested');
    for (const attempt of world.running().slice(1)) world.succeeds(attempt);
    const waits = () => world.checks().filter(({ name }) => name === 'parallel/dependencies');
    expect(waits().map(({ status }) => status)).toEqual(['in_progress', 'in_progress']);
    world.mergesByHand(2);
    expect(waits().map(({ conclusion }) => conclusion)).toEqual(['neutral', 'neutral']);
  });

  test('a check that waits does so no longer when its task is cancelled', () => {
    const world = new Imagined([{ number: 1 }, { number: 2 }]);
    world.settle();
    world.wait(2_000);
    for (const attempt of world.running().slice(1)) world.succeeds(attempt);
    world.says('alice', 2, '/parallel depends-on #1');
    expect(world.checks().at(-2)).toMatchObject({ title: 'Waits for 1 issue', conclusion: null });
    world.says('alice', 2, '/parallel cancel');
    expect(world.checks().at(-2)).toMatchObject({ title: 'Waits no longer', conclusion: 'neutral' });
  });

  test('the run ends, and its tracking issue is closed, when every task has ended', () => {
    const world = new Imagined([{ number: 1 }]);
    world.settle();
    world.wait(2_000);
    for (const attempt of world.running()) world.succeeds(attempt);
    world.reviews(1, 'approved');
    expect(world.memory.runs).toEqual([]);
    expect(kinds(world)).toContain('close-issue');
  });

  test('a failing task is tried again up to its rounds, then fails and names the cause to its dependents', () => {
    const world = new Imagined([{ number: 1 }, { number: 2, blockedBy: [1] }], {
      policy: policyWith({ rounds: { retry: 1 } }),
    });
    world.settle();
    world.wait(2_000);
    for (let round = 0; round < 2; round++) {
      for (const attempt of world.running()) world.fails(attempt);
      world.wait(60_000);
    }
    expect(world.memory.tasks.find((task) => task.issue === 1)?.ended?.as).toBe('failed');
    expect(world.running()).toEqual([]);
    expect(world.memory.runs).toHaveLength(1);
  });

  test('that a worker cannot reach GitHub costs no round, until it has been so for hours', () => {
    const world = new Imagined([{ number: 1 }, { number: 2, blockedBy: [1] }], {
      policy: policyWith({ rounds: { retry: 0 } }),
    });
    world.settle();
    world.wait(2_000);
    const outage = () => {
      for (const attempt of world.running()) world.fails(attempt, 'unreachable');
      world.wait(5_000_000);
    };
    for (let time = 0; time < 9; time++) outage();
    expect(world.running()).toHaveLength(1);
    outage();
    expect(world.memory.tasks.find((task) => task.issue === 1)?.ended?.as).toBe('failed');
  });

  test('a review that asks for changes leads to one follow-up attempt, an answer and a new request', () => {
    const world = new Imagined([{ number: 1 }]);
    world.settle();
    world.wait(2_000);
    for (const attempt of world.running()) world.succeeds(attempt);
    world.reviews(1, 'changes-requested');
    expect(world.running()).toMatchObject([{ issue: 1, number: 2, kind: 'review' }]);
    for (const attempt of world.running()) world.succeeds(attempt);
    expect(kinds(world)).toEqual(expect.arrayContaining(['request-review']));
    expect(world.running()).toEqual([]);
  });

  test('a task that was skipped and brought back waits until its key is free again', () => {
    const world = new Imagined([
      { number: 1, files: ['src/**'] },
      { number: 2, files: ['src/a.ts'] },
    ]);
    world.settle();
    world.wait(2_000);
    world.says('alice', 1, '/parallel skip');
    for (const attempt of world.running().filter((each) => each.cancelRequested)) world.isCancelled(attempt);
    expect(world.running().map((attempt) => attempt.issue)).toEqual([2]);
    world.says('alice', 1, '/parallel retry');
    expect(world.running().map((attempt) => attempt.issue)).toEqual([2]);
  });

  test('work on a file starts from what the last holder of its key has landed', () => {
    const world = new Imagined([
      { number: 1, files: ['src/a.ts'] },
      { number: 2, files: ['src/a.ts'] },
    ]);
    world.settle();
    world.wait(2_000);
    for (const attempt of world.running()) world.succeeds(attempt);
    world.reviews(1, 'approved');
    const dispatched = world.log.flatMap((effect) => (effect.kind === 'dispatch' ? [effect] : []));
    expect(dispatched.map(({ mustContain }) => mustContain)).toEqual([[], [world.pullOf(1)?.mergeSha]]);
  });

  test('a conflict leads to one attempt, not to another while its work is on the way', () => {
    const world = new Imagined([{ number: 1 }]);
    world.settle();
    world.wait(2_000);
    for (const attempt of world.running()) world.succeeds(attempt);
    world.conflicts(1);
    expect(world.running()).toMatchObject([{ number: 2, kind: 'conflict' }]);
    for (const attempt of world.running()) world.succeeds(attempt);
    expect(world.running()).toEqual([]);
    expect(world.memory.attempts).toHaveLength(2);
  });

  test('a provider runs no more attempts at once than its own limit', () => {
    const policy = policyWith({ agents: 'exec:2' });
    const world = new Imagined([{ number: 1 }, { number: 2 }, { number: 3 }], { policy });
    world.settle();
    world.wait(2_000);
    expect(world.running()).toHaveLength(2);
    expect(world.memory.runs[0]?.plan?.batches).toEqual([[1, 2], [3]]);
  });

  test('a label to which the policy gives a priority puts its issue first', () => {
    const policy = policyWith({ concurrency: 1, labels: { parallel: {}, urgent: { priority: 'high' } } });
    const world = new Imagined([{ number: 1 }, { number: 2 }], { policy });
    const known = world.world.issues.get(2);
    if (!known) throw new Error('no issue');
    const issue = { ...known.issue, labels: [...known.issue.labels, 'urgent'] };
    world.world = { ...world.world, issues: new Map(world.world.issues).set(2, { ...known, issue }) };
    world.settle();
    world.wait(2_000);
    expect(world.running().map((attempt) => attempt.issue)).toEqual([2]);
  });
});
