import { describe, expect, test } from 'vitest';
import { findCycles } from '../../src/plan/cycles.ts';

describe('finding circles of dependencies', () => {
  test('a chain and a diamond hold none', () => {
    expect(
      findCycles([
        { from: 2, to: 1 },
        { from: 3, to: 2 },
        { from: 3, to: 1 },
      ]),
    ).toEqual([]);
  });

  test('a circle is named with one closed way around, whatever the order of the edges', () => {
    const edges = [
      { from: 3, to: 1 },
      { from: 1, to: 2 },
      { from: 2, to: 3 },
      { from: 9, to: 1 },
    ];
    const circle = { members: [1, 2, 3], path: [1, 2, 3, 1] };
    expect(findCycles(edges)).toEqual([circle]);
    expect(findCycles(edges.toReversed())).toEqual([circle]);
  });

  test('a task that waits for itself is a circle of one', () => {
    expect(findCycles([{ from: 7, to: 7 }])).toEqual([{ members: [7], path: [7, 7] }]);
  });

  test('two circles that share no task are two', () => {
    const edges = [
      { from: 1, to: 2 },
      { from: 2, to: 1 },
      { from: 5, to: 6 },
      { from: 6, to: 5 },
      { from: 2, to: 5 },
    ];
    expect(findCycles(edges).map((circle) => circle.members)).toEqual([
      [1, 2],
      [5, 6],
    ]);
  });

  test('a chain of 100,000 that closes is found without overflowing the stack', () => {
    const edges = Array.from({ length: 100_000 }, (_, index) => ({ from: index, to: (index + 1) % 100_000 }));
    expect(findCycles(edges)[0]?.path).toHaveLength(100_001);
  });
});
