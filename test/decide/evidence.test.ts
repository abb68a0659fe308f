import { describe, expect, test } from 'vitest';
import { sightOf } from '../../src/decide/sight.ts';
import type { Dependency } from '../../src/domain/dependency.ts';
import { Imagined, policyWith } from '../support/imagined.ts';

function working(issues: ConstructorParameters<typeof Imagined>[0], policy = {}): Imagined {
  const world = new Imagined(issues, { policy: policyWith({ merge: { auto: true }, ...policy }) });
  world.settle();
  world.wait(2_000);
  return world;
}

const running = (world: Imagined): readonly number[] => world.running().map(({ issue }) => issue);

/** The last text of the tracking issue. */
const tracked = (world: Imagined): string =>
  world.log
    .flatMap((effect) =>
      effect.kind === 'create-issue' || effect.kind === 'edit-issue' ? [effect.body] : [],
    )
    .at(-1) ?? '';

/** The whole of a text as one line, as people read it. */
const read = (text = ''): string => text.replaceAll('\u200b', '').replaceAll(/\s+/g, ' ');

const explained = (world: Imagined, issue: number): string => {
  world.says('alice', issue, '/parallel explain');
  return read(world.told(issue).at(-1));
};

describe('a person who says depends-on', () => {
  test('makes a task wait, with the words and the name as evidence', () => {
    const world = working([{ number: 1 }, { number: 2, files: ['a.ts'] }, { number: 3, files: ['a.ts'] }]);
    world.says('alice', 3, '/parallel depends-on #1');
    const [first] = world.running();
    expect(first?.issue).toBe(1);
    expect(explained(world, 3)).toContain('#3 waits for #1 (command by alice): “/parallel depends-on #1”');
    expect(read(tracked(world))).toContain('#3 waits for #1 (command by alice)');
  });

  test('before the first plan is heard for it', () => {
    const world = new Imagined([{ number: 1 }, { number: 2 }]);
    world.settle();
    world.says('alice', 2, '/parallel depends-on #1');
    world.wait(2_000);
    expect(running(world)).toEqual([1]);
  });

  test('in the moment in which the issue is labelled is heard too, but not where the label does not count', () => {
    const world = new Imagined([{ number: 1 }, { number: 2 }]);
    world.says('alice', 2, '/parallel depends-on #1');
    expect(world.memory.overrides).toHaveLength(1);
    const other = new Imagined([{ number: 1 }, { number: 2, plain: true }]);
    other.relabels(2, 'mallory');
    other.says('alice', 2, '/parallel depends-on #1');
    expect(other.told(2).at(-1)).toContain('Its label was set by somebody who may not write');
  });

  test('may stand elsewhere and name the issue, and several others', () => {
    const world = new Imagined([{ number: 1 }, { number: 2 }, { number: 3 }]);
    world.settle();
    world.says('alice', 1, '/parallel depends-on #1 and #2 for #3');
    world.wait(2_000);
    expect(running(world)).toEqual([1, 2]);
  });

  test('turns a direction round that a text gives, and both are shown', () => {
    const world = new Imagined([{ number: 1, blockedBy: [2] }, { number: 2 }]);
    world.settle();
    world.says('alice', 2, '/parallel depends-on #1');
    world.wait(2_000);
    expect(running(world)).toEqual([1]);
    const both =
      /A command decided: - ✅ #2 waits for #1 \(command by alice\).* - ✖️ overruled: #1 waits for #2 \(text/;
    expect(read(tracked(world))).toMatch(both);
    expect(explained(world, 1)).toMatch(both);
    expect(explained(world, 2)).toMatch(both);
  });

  test('may name the pull request of a task', () => {
    const world = working([{ number: 1 }, { number: 2, blockedBy: [3] }, { number: 3, plain: true }]);
    for (const attempt of world.running()) world.succeeds(attempt);
    world.says('alice', 2, `/parallel depends-on #${world.pullOf(1)?.number}`);
    expect(explained(world, 2)).toContain('#2 waits for #1 (command by alice)');
  });

  test('is told of the circle that it closes', () => {
    const world = working([
      { number: 1, blockedBy: [2] },
      { number: 2, blockedBy: [3] },
      { number: 3, plain: true },
    ]);
    world.asks({ number: 4 });
    world.wait(2_000);
    world.says('alice', 4, '/parallel depends-on #1');
    world.says('alice', 2, '/parallel depends-on #4');
    expect(world.told(2)).toEqual([
      expect.stringMatching(/in a circle.*#1.*independent-of #N` on one of them/),
    ]);
  });
});

describe('a person who says independent-of', () => {
  test.each<Dependency['source']>(['text', 'task-list', 'blocked-by'])(
    'removes what the source %s says, which stays to be seen',
    (source) => {
      const world = working([{ number: 1 }, { number: 2, blockedBy: [1], source }]);
      expect(running(world)).toEqual([1]);
      world.says('alice', 2, '/parallel independent-of #1');
      expect(running(world)).toEqual([1, 2]);
      const both = /✅ #2 does not wait for #1 \(command by alice\).*overruled: #2 waits for #1/;
      expect(read(tracked(world))).toMatch(both);
      expect(explained(world, 2)).toMatch(both);
    },
  );

  test('removes the order of sub-issues too', () => {
    const epic = [
      { number: 1, subIssues: [2, 3] },
      { number: 2, plain: true },
      { number: 3, plain: true },
    ];
    const world = working(epic, { dependencies: { subIssueOrder: true } });
    expect(running(world)).toEqual([2]);
    world.says('alice', 3, '/parallel independent-of #2');
    expect(running(world)).toEqual([2, 3]);
  });

  test('ends a circle of two in one direction alone', () => {
    const world = working([
      { number: 1, blockedBy: [2] },
      { number: 2, blockedBy: [1] },
    ]);
    expect(running(world)).toEqual([]);
    expect(explained(world, 1)).toMatch(/nobody has decided.*✅ #1 waits for #2.*✅ #2 waits for #1/);
    world.says('alice', 1, '/parallel independent-of #2');
    expect(running(world)).toEqual([1]);
    expect(explained(world, 2)).toContain('#2 waits for #1 (text');
  });

  test('is told that the other direction still counts', () => {
    const world = working([{ number: 1 }, { number: 2, blockedBy: [1] }]);
    world.says('alice', 1, '/parallel independent-of #2');
    expect(world.told(1)).toEqual([
      expect.stringMatching(/#2 still waits for #1\..*independent-of #1` there/),
    ]);
    expect(running(world)).toEqual([1]);
  });
});

describe('of several words', () => {
  test('the last one counts, in both directions, and the others are shown', () => {
    const world = new Imagined([{ number: 1 }, { number: 2 }]);
    world.settle();
    world.says('alice', 2, '/parallel depends-on #1');
    world.says('bob', 2, '/parallel independent-of #1\n/parallel depends-on #1');
    world.says('bob', 1, '/parallel depends-on #2');
    world.wait(2_000);
    expect(running(world)).toEqual([2]);
    const text = read(tracked(world));
    expect(text).toMatch(/✅ #1 waits for #2 \(command by bob\)/);
    expect(text).toMatch(/overruled: #2 waits for #1 \(command by alice\).*overruled: #2 does not wait/);
  });

  test('those of people who may not write never count', () => {
    const world = working([{ number: 1 }, { number: 2, blockedBy: [1] }]);
    world.says('mallory', 2, '/parallel independent-of #1');
    expect(running(world)).toEqual([1]);
    expect(world.told(2)).toEqual([expect.stringContaining('it takes write permission')]);
    expect(world.memory.overrides).toEqual([]);
  });
});

describe('a word about a dependency is refused', () => {
  test.each([
    ['on the issue itself', 1, '/parallel depends-on #1', 'that is #1 itself'],
    ['on an issue that nobody has labelled', 3, '/parallel depends-on #1', '#3 is no task of an open run'],
    ['on a task that has ended', 2, '/parallel independent-of #1', '#2 is cancelled already'],
    ['without an issue', 1, '/parallel depends-on', 'Write it like this: `/parallel depends-on #12'],
  ])('%s', (_, issue, command, words) => {
    const world = working([{ number: 1 }, { number: 2 }, { number: 3, plain: true }]);
    world.says('alice', 2, '/parallel cancel');
    world.says('alice', issue, command);
    expect(world.told(issue).at(-1)).toContain(words);
    expect(world.memory.overrides).toEqual([]);
  });
});

test('on a tracking issue it has to say which task is meant', () => {
  const world = working([
    { number: 1, subIssues: [2, 3] },
    { number: 2, plain: true },
    { number: 3, plain: true },
  ]);
  world.says('alice', 1, '/parallel depends-on #2');
  expect(world.told(1).at(-1)).toContain('such as `/parallel depends-on #12 for #34`');
  world.says('alice', 1, '/parallel depends-on #2 for #3');
  expect(world.memory.overrides).toMatchObject([{ issue: 3, on: { number: 2 }, author: 'alice' }]);
});

test('the work that has begun is finished, and lands after what it is to wait for', () => {
  const world = working([{ number: 1 }, { number: 2 }]);
  world.says('alice', 2, '/parallel depends-on #1');
  expect(world.told(2)).toEqual([expect.stringContaining('has begun and is finished; it lands after')]);
  for (const attempt of world.running()) world.succeeds(attempt);
  world.reviews(2, 'approved');
  expect(world.pullOf(2)?.merged).toBe(false);
  world.reviews(1, 'approved');
  expect(world.pullOf(2)?.merged).toBe(true);
});

test('an issue of which nothing is known yet blocks, until GitHub was asked', () => {
  const world = new Imagined([{ number: 1 }]);
  world.settle();
  world.says('alice', 1, '/parallel depends-on acme/lib#9');
  world.wait(2_000);
  expect(running(world)).toEqual([]);
  const sight = sightOf(world.facts);
  expect(sight.gates.blocked.get(1)).toEqual([
    { ref: { owner: 'acme', name: 'lib', number: 9 }, because: 'open' },
  ]);
});
