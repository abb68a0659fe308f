import { describe, expect, test } from 'vitest';
import { viewTasks } from '../../src/decide/lookup.ts';
import { foreseenOf, overlapsOf } from '../../src/decide/predicting.ts';
import type { KeyClues } from '../../src/domain/overlap.ts';
import { heldKeys } from '../support/held-keys.ts';
import { Imagined, type ImaginedIssue, policyWith } from '../support/imagined.ts';

/* What is predicted of tasks decides what runs side by side, and what they really change teaches the next prediction. */

const clue = (key: string, confidence: number): KeyClues => ({
  key,
  clues: [{ source: 'co-change', quote: 'a.ts', via: 'a.ts', confidence }],
});

function working(issues: readonly ImaginedIssue[], policy: object = {}): Imagined {
  const world = new Imagined(issues, { policy: policyWith({ merge: { auto: true }, ...policy }) });
  world.settle();
  world.wait(2_000);
  return world;
}

const running = (world: Imagined): readonly number[] => world.running().map(({ issue }) => issue);

function finish(world: Imagined, issue: number, changed: readonly string[]): void {
  const attempt = world.running().find((each) => each.issue === issue);
  if (attempt) world.succeeds(attempt, changed);
}

describe('predicted keys', () => {
  test('that are sure enough keep two tasks apart; what is between warns; the rest is ignored', () => {
    const world = working([
      { number: 1, files: ['sure.ts', 'perhaps.ts', 'hardly.ts'] },
      { number: 2, clues: [clue('sure.ts', 0.9)] },
      { number: 3, clues: [clue('perhaps.ts', 0.6)] },
      { number: 4, clues: [clue('hardly.ts', 0.3)] },
    ]);
    expect(running(world)).toEqual([1, 3, 4]);
    const overlaps = overlapsOf(world.facts, viewTasks(world.facts));
    expect(overlaps.map(({ issues, level }) => [...issues, level])).toEqual([
      [1, 2, 'exclusive'],
      [1, 3, 'warn'],
    ]);
  });

  test('are judged by the thresholds of the policy', () => {
    const issues = [
      { number: 1, files: ['b.ts'] },
      { number: 2, clues: [clue('b.ts', 0.6)] },
    ];
    expect(running(working(issues))).toEqual([1, 2]);
    expect(running(working(issues, { overlap: { exclusive: 0.5 } }))).toEqual([1]);
  });

  test('also take the names of the policy that cover them', () => {
    const issues = [
      { number: 1, clues: [clue('db/1.sql', 0.9)] },
      { number: 2, clues: [clue('db/2.sql', 0.9)] },
    ];
    expect(running(working(issues, { keys: { database: ['db/**'] } }))).toEqual([1]);
  });

  test('of a task stay as they were at its first attempt, whatever is said or learnt meanwhile', () => {
    const world = working([{ number: 1, clues: [clue('b.ts', 0.9)] }, { number: 2 }]);
    world.finds(1, [clue('c.ts', 0.95)]);
    world.finds(2, [clue('c.ts', 0.95)]);
    const [first, second] = viewTasks(world.facts);
    expect(first && foreseenOf(world.facts, first).map(({ key }) => key)).toEqual(['b.ts']);
    expect(second && foreseenOf(world.facts, second)).toEqual([]);
    expect(heldKeys(world.facts, viewTasks(world.facts)).map(({ key }) => key)).toEqual(['b.ts']);
  });
});

describe('what a task has really changed', () => {
  test('is held until it lands, though nobody foresaw it', () => {
    const world = working([{ number: 1 }]);
    finish(world, 1, ['src/b.ts']);
    world.asks({ number: 2, files: ['src/**'] });
    world.wait(2_000);
    expect(running(world)).toEqual([]);
    world.reviews(1, 'approved');
    world.settle();
    expect(running(world)).toEqual([2]);
  });

  test('keeps nobody waiting who has begun: two that strayed into each other’s files both go on', () => {
    const world = working([
      { number: 1, files: ['a.ts'] },
      { number: 2, files: ['b.ts'] },
    ]);
    finish(world, 1, ['a.ts', 'b.ts']);
    finish(world, 2, ['a.ts', 'b.ts']);
    for (const issue of [1, 2]) world.reviews(issue, 'changes-requested');
    expect(running(world)).toEqual([1, 2]);
  });
});

describe('what comes true', () => {
  test('is counted once for a task, by source, however many attempts it takes', () => {
    const world = working([{ number: 1, files: ['a.ts'], clues: [clue('b.ts', 0.6), clue('c.ts', 0.5)] }]);
    finish(world, 1, ['a.ts', 'b.ts']);
    world.reviews(1, 'changes-requested');
    finish(world, 1, ['d.ts']);
    expect(world.memory.learnt.get('co-change')).toEqual({
      ...{ predicted: 2, expected: 1_100_000, hits: 1 },
      ...{ real: 3, found: 1 },
    });
    expect(world.memory.learnt.get('foreseen')).toMatchObject({ predicted: 3, hits: 2, real: 3, found: 2 });
  });

  test('is no matter for attempts that brought nothing home', () => {
    const world = working([{ number: 1, files: ['a.ts'] }]);
    for (const attempt of world.running()) world.fails(attempt);
    expect(world.memory.scores).toEqual([]);
  });

  test('moves the threshold: a source that is always right soon holds what it only warned of', () => {
    const world = working([
      { number: 1, clues: Array.from({ length: 30 }, (_, at) => clue(`${at}.ts`, 0.7)) },
    ]);
    finish(
      world,
      1,
      Array.from({ length: 30 }, (_, at) => `${at}.ts`),
    );
    world.asks({ number: 2, clues: [clue('x.ts', 0.7)] });
    world.wait(2_000);
    expect(heldKeys(world.facts, viewTasks(world.facts))).toContainEqual({
      ...{ key: 'x.ts', by: 2, strayed: false },
    });
  });
});
