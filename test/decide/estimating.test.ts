import { describe, expect, test } from 'vitest';
import { estimatesOf } from '../../src/decide/estimating.ts';
import { viewTasks } from '../../src/decide/lookup.ts';
import type { PastAttempt } from '../../src/domain/estimate.ts';
import { NO_USAGE } from '../../src/domain/outcome.ts';
import { Imagined } from '../support/imagined.ts';

const MINUTE = 60_000;

/** Attempts of twenty minutes each, but for what is said. */
const past = (given: Partial<PastAttempt> = {}, count = 5): readonly PastAttempt[] =>
  Array.from({ length: count }, (_, endedAt) => ({
    profile: { provider: 'exec', taskKind: null, complexity: 'medium', labels: [] },
    purpose: 'implement',
    isHere: true,
    endedAt,
    end: 'succeeded',
    minutes: 20,
    usage: NO_USAGE,
    ...given,
  }));

/** Two tasks that may run, and one that waits for the first. */
function working(pastAttempts: readonly PastAttempt[]): Imagined {
  const world = new Imagined([{ number: 1 }, { number: 2 }, { number: 3, blockedBy: [1] }]);
  world.memory = { ...world.memory, pastAttempts };
  world.settle();
  world.wait(2_000);
  return world;
}

const leftOf = (world: Imagined): readonly number[] => {
  const estimates = estimatesOf(world.facts);
  return viewTasks(world.facts)
    .toSorted((a, b) => a.task.issue - b.task.issue)
    .map((view) => estimates.left(view));
};

const trackedIn = (world: Imagined): string =>
  world.log
    .flatMap((effect) => ('body' in effect && effect.kind === 'edit-issue' ? effect.body : []))
    .at(-1) ?? '';

describe('estimates', () => {
  test('are recorded with an attempt when it is decided', () => {
    const [attempt] = working(past()).running();
    expect(attempt).toMatchObject({
      profile: { provider: 'exec', complexity: 'medium' },
      predicted: { p50: expect.closeTo(20), mean: expect.closeTo(20), samples: 5 },
    });
  });

  test('predict nothing and tell nobody anything without a history of the repository', () => {
    const world = working([]);
    expect(world.running()).toMatchObject([{ predicted: null }, { predicted: null }]);
    expect(world.memory.runs[0]?.plan).toMatchObject({ expectedMinutes: null, expectedSpan: null });
    const elsewhere = working(past({ isHere: false }));
    expect(elsewhere.running()[0]?.predicted).toMatchObject({ p50: expect.closeTo(20), samples: 0 });
    expect(elsewhere.memory.runs[0]?.plan).toMatchObject({ expectedMinutes: null });
  });

  test('of a run follow from those of its tasks', () => {
    const plan = working(past()).memory.runs[0]?.plan;
    // A little more than two, and than three, of 20 minutes: some attempts fail.
    expect(plan?.expectedMinutes).toBeGreaterThan(40);
    expect(plan?.expectedMinutes).toBeLessThan(45);
    expect(plan?.sequentialMinutes).toBeCloseTo(1.5 * (plan?.expectedMinutes ?? 0));
    expect(plan?.expectedSpan?.p50).toBeLessThan(plan?.expectedMinutes ?? 0);
    expect(plan?.expectedSpan?.p90).toBeGreaterThan(plan?.expectedMinutes ?? 0);
  });

  test('say what is left of a task: less while it runs, nothing when its work is home', () => {
    const world = working(past());
    world.memory = {
      ...world.memory,
      attempts: world.memory.attempts.map((attempt) => ({ ...attempt, startedAt: world.now })),
    };
    const [whole = 0] = leftOf(world);
    world.now += 10 * MINUTE;
    const [less = 0, , waiting = 0] = leftOf(world);
    expect(less).toBeLessThan(whole - 5);
    expect(waiting).toBeGreaterThan(20);
    world.now += 600 * MINUTE;
    expect(leftOf(world)[0]).toBeGreaterThan(0);
    for (const attempt of world.running()) world.succeeds(attempt);
    expect(leftOf(world).slice(0, 2)).toEqual([0, 0]);
  });

  test('say in the tracking issue when agents will be done, and write that only once', () => {
    const world = working(past());
    world.wait(1_000);
    expect(trackedIn(world)).toMatch(
      /agents are done at about 1970-01-01 \d\d:\d\d UTC, nine times in ten by/,
    );
    const written = world.log.length;
    world.wait(60_000);
    expect(world.log.length).toBe(written);
  });
});
