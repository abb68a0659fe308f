import fc from 'fast-check';
import { expect, it } from 'vitest';
import { PlaceBits } from '../../src/plan/schedule/place-bits.ts';

const SIZE = 40_000;
const place = fc.oneof(fc.nat(SIZE - 1), fc.nat(70), fc.constantFrom(31, 32, 1023, 1024, 32_767, 32_768));

it('finds the first place that is set from any other on', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), place)), fc.array(place), (changes, questions) => {
      const bits = new PlaceBits(SIZE);
      const set = new Set<number>();
      for (const [isSet, at] of changes) {
        if (isSet) bits.set(at, 1);
        else bits.clear(at);
        if (isSet) set.add(at);
        else set.delete(at);
      }
      const sorted = [...set].sort((a, b) => a - b);
      for (const from of questions)
        expect(bits.first(from, 1)).toBe(sorted.find((other) => other >= from) ?? -1);
    }),
  );
});

it('finds nothing where nothing is free that all ask for', () => {
  const bits = new PlaceBits(100);
  bits.set(50, 2);
  expect([bits.first(0, 1), bits.first(0, 3), bits.first(51, 3)]).toEqual([-1, 50, -1]);
});
