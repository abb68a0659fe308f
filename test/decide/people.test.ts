import { describe, expect, test } from 'vitest';
import { sightOf } from '../../src/decide/sight.ts';
import { Imagined, policyWith } from '../support/imagined.ts';

/** Where a task stands as the tracking issue shows it. */
function statusOf(world: Imagined, issue: number) {
  const sight = sightOf(world.facts);
  const view = sight.views.findLast((each) => each.task.issue === issue);
  return view && sight.statuses.get(view);
}

const taskOf = (world: Imagined, issue: number) => world.memory.tasks.find((task) => task.issue === issue);

function working(issues: ConstructorParameters<typeof Imagined>[0], policy = {}): Imagined {
  const world = new Imagined(issues, { policy: policyWith({ merge: { auto: true }, ...policy }) });
  world.settle();
  world.wait(2_000);
  return world;
}

const allSucceed = (world: Imagined, changed: readonly string[] = []): void => {
  for (const attempt of world.running()) world.succeeds(attempt, changed);
};

describe('whoever may not write', () => {
  test('is told so once on an issue, however often the label is set', () => {
    const world = new Imagined([{ number: 1, plain: true }]);
    for (let time = 0; time < 3; time++) world.relabels(1, 'mallory');
    expect(world.told(1)).toEqual([expect.stringContaining('@mallory, thank you')]);
    world.wait(10_000);
    expect(world.memory.tasks).toEqual([]);
  });

  test('starts nothing by setting the label of a working epic anew', () => {
    const world = working([
      { number: 1, subIssues: [2, 3] },
      { number: 2, plain: true },
    ]);
    expect(world.running().map((attempt) => attempt.issue)).toEqual([2]);
    world.relabels(1, 'mallory');
    world.asks({ number: 3, plain: true });
    world.wait(10_000);
    expect(world.memory.tasks.map((task) => task.issue)).toEqual([2]);
    world.relabels(1, 'alice');
    expect(world.memory.tasks.map((task) => task.issue)).toEqual([2, 3]);
  });
});

describe('a task that needs a person', () => {
  test('tells them on its pull request what happened and what to do, once', () => {
    const world = working([{ number: 1 }]);
    allSucceed(world, ['.github/workflows/ci.yml']);
    const pull = world.pullOf(1)?.number ?? 0;
    expect(world.told(pull)).toEqual([
      expect.stringMatching(
        /@alice, \*\*#1 needs a person.*`\.github\/workflows\/ci\.yml`[\s\S]*\/parallel approve/,
      ),
    ]);
    world.says('alice', 1, '/parallel approve');
    expect(world.pullOf(1)?.draft).toBe(false);
    expect(world.told(pull)).toHaveLength(1);
  });

  test('is told on the issue where there is no pull request', () => {
    const world = working([{ number: 1 }]);
    world.refusesPushes = true;
    allSucceed(world);
    expect(world.told(1)).toEqual([expect.stringContaining('could not be pushed: protected branch.')]);
    expect(statusOf(world, 1)?.state).toBe('needs-human');
  });

  test('goes on where the person has removed the cause and says retry', () => {
    const world = working([{ number: 1 }]);
    world.refusesPushes = true;
    allSucceed(world);
    world.refusesPushes = false;
    world.says('alice', 1, '/parallel retry');
    expect(world.running()).toMatchObject([{ number: 2, cause: { retry: { failure: 'push-refused' } } }]);
    expect(world.running()[0]?.prompt).toContain('the work could not be pushed');
    world.refusesPulls = true;
    allSucceed(world);
    world.says('alice', 1, '/parallel retry');
    expect(world.told(1).filter((text) => text.includes('could not be opened'))).toHaveLength(2);
    world.refusesPulls = false;
    world.says('alice', 1, '/parallel retry');
    expect(world.pullOf(1)).toMatchObject({ state: 'open', draft: false });
  });

  test('is not helped by an approval where there is nothing to approve', () => {
    const world = working([{ number: 1 }]);
    allSucceed(world);
    world.closesPull(1);
    world.says('alice', 1, '/parallel approve');
    expect(statusOf(world, 1)?.state).toBe('needs-human');
    expect(world.told(1)).toEqual([expect.stringMatching(/more than an approval.*was closed.*Reopen it/)]);
  });

  test('shows the checks of the work that was pushed for them, and answers no review with it', () => {
    const world = working([{ number: 1 }], { rounds: { retry: 0 } });
    allSucceed(world);
    world.reviews(1, 'changes-requested');
    for (const attempt of world.running()) world.failsChecks(attempt);
    expect(statusOf(world, 1)?.state).toBe('needs-human');
    const head = world.pullOf(1)?.headSha;
    const checks = world.log.flatMap((effect) => (effect.kind === 'check' ? [effect.check] : []));
    expect(
      checks.filter((check) => check.headSha === head && check.name === 'parallel/verify'),
    ).toMatchObject([{ conclusion: 'failure' }]);
    expect(world.told(world.pullOf(1)?.number ?? 0).join('\n')).not.toContain('Addressed in');
  });
});

describe('a command', () => {
  test('about a task is told on a tracking issue to name one', () => {
    const world = working([{ number: 1 }, { number: 2, subIssues: [3] }, { number: 3, plain: true }]);
    world.says('alice', 2, '/parallel explain');
    expect(world.told(2).at(-1)).toContain('Name the task, such as `/parallel explain #12`');
  });

  test('to run does not claim that something starts while the policy cannot be read', () => {
    const world = new Imagined([{ number: 1 }]);
    world.breaksPolicy();
    world.says('alice', 1, '/parallel run');
    world.says('alice', 1, '/parallel explain');
    expect(world.told(1).slice(-2)).toEqual([
      expect.stringContaining('`.github/parallel.yml` is invalid'),
      expect.stringContaining('It waits for `.github/parallel.yml` to be fixed'),
    ]);
  });

  test('to plan shows what waits for the quiet time also while another run is open', () => {
    const world = working([{ number: 1 }]);
    world.asks({ number: 2 });
    world.says('alice', 2, '/parallel plan');
    expect(world.told(2)).toEqual([
      expect.stringMatching(/The plan for 2 tasks[\s\S]*#1 Task 1[\s\S]*#2 Task 2/),
    ]);
    expect(world.memory.tasks.map((task) => task.issue)).toEqual([1]);
  });
});

describe('while the policy cannot be read', () => {
  test('a draft says that it waits for the file, and whose work is held up is named', () => {
    const world = working([{ number: 1 }]);
    world.breaksPolicy();
    allSucceed(world);
    expect(world.pullOf(1)?.draft).toBe(true);
    expect(statusOf(world, 1)).toEqual({ state: 'review', wait: { kind: 'config' } });
    const tracking = world.log.flatMap((effect) => (effect.kind === 'comment' ? [effect.body] : []));
    expect(tracking).toEqual([expect.stringContaining('@alice, `.github/parallel.yml` has 1 problem')]);
  });

  test('an attempt that lost its worker waits for the file too', () => {
    const world = working([{ number: 1 }]);
    world.breaksPolicy();
    const [attempt] = world.running();
    if (!attempt) throw new Error('nothing runs');
    const lost = { ...attempt, lease: 'none', startedAt: null } as const;
    world.memory = { ...world.memory, attempts: [lost] };
    expect(statusOf(world, 1)).toEqual({ state: 'waiting', reason: { kind: 'config' } });
  });
});

describe('an issue', () => {
  test('that somebody opens again after its work has landed stays open', () => {
    const world = working([{ number: 1 }, { number: 2 }]);
    const [first] = world.running();
    if (first) world.succeeds(first);
    world.reviews(1, 'approved');
    expect(taskOf(world, 1)?.ended?.as).toBe('landed');
    world.wait(3_600_000);
    world.reopens(1);
    expect(world.log.some((effect) => effect.kind === 'close-issue' && effect.issue === 1)).toBe(false);
  });

  test('that is asked for anew after it has landed is work for the next run', () => {
    const world = working([{ number: 1 }, { number: 2 }]);
    for (const attempt of world.running()) world.succeeds(attempt);
    world.reviews(1, 'approved');
    world.reopens(1);
    world.relabels(1, 'alice');
    world.wait(10_000);
    expect(world.memory.runs).toHaveLength(1);
    expect(taskOf(world, 1)?.ended?.as).toBe('landed');
    world.reviews(2, 'approved');
    world.wait(10_000);
    expect(world.running()).toMatchObject([{ issue: 1, number: 1 }]);
  });

  test('whose work of an earlier run was kept gets a branch of its own in the next one', () => {
    const world = working([
      { number: 1, subIssues: [2] },
      { number: 2, plain: true },
    ]);
    allSucceed(world);
    const kept = world.pullOf(2)?.branch;
    world.says('alice', 2, '/parallel cancel');
    world.wait(10_000);
    expect(world.memory.runs).toEqual([]);
    world.relabels(2, 'alice');
    world.wait(10_000);
    expect(kept).toMatch(/^parallel\/2-task-2$/);
    expect(taskOf(world, 2)?.branch).toBe('parallel/2-task-2-2');
  });

  test('that moves from an epic to the loose ones is shown as what it is in each run', () => {
    const world = working([{ number: 1 }]);
    for (const number of [3, 4]) world.asks({ number, plain: true });
    world.asks({ number: 2, subIssues: [3, 4] });
    world.takesOutOfEpic(2, 3);
    for (const attempt of world.running().filter((each) => each.cancelRequested)) world.isCancelled(attempt);
    world.relabels(3, 'alice');
    world.wait(10_000);
    const sight = sightOf(world.facts);
    const rows = sight.views.filter((view) => view.task.issue === 3);
    expect(rows.map((view) => [view.run.scope.kind, sight.statuses.get(view)?.state])).toEqual([
      ['rolling', 'running'],
      ['epic', 'withdrawn'],
    ]);
    expect(world.world.issues.get(3)?.issue.labels).toContain('parallel:running');
  });
});
