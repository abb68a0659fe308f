import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sortByNumber } from '../../src/plan/graph/sort.ts';

const number = fc.oneof(
  fc.integer({ min: -3, max: 3 }),
  fc.double({ noNaN: true }),
  fc.constantFrom(0, -0, 1e-300, 1e300),
);

it.each([5, 4_000])('sorts tasks like comparing does, and stably (%i)', (count) => {
  fc.assert(
    fc.property(
      fc.array(number, { minLength: 1, maxLength: 40 }),
      fc.constantFrom(1, -1),
      (some, direction) => {
        const numbers = Float64Array.from(
          { length: count },
          (_, index) => some[(index * 7) % some.length] ?? 0,
        );
        const tasks = Int32Array.from({ length: count }, (_, index) => (index * 3) % count);
        const compared = [...tasks].sort((a, b) => {
          const [left = 0, right = 0] = [numbers[a], numbers[b]];
          return left === right ? 0 : (left < right ? -1 : 1) * direction;
        });
        expect([...sortByNumber(tasks, numbers, direction === 1 ? 1 : -1)]).toEqual(compared);
      },
    ),
    { numRuns: 50 },
  );
});
