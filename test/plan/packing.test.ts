import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PackedProfile } from '../../src/plan/schedule/packed-profile.ts';
import { packingFor } from '../../src/plan/schedule/packing.ts';
import { Profile } from '../../src/plan/schedule/profile.ts';

const columns = Int32Array.from([0, 1]);
const limits = Float64Array.from([8, 16_384]);
const needs = fc.record({
  amounts: fc.tuple(
    fc.integer({ min: 0, max: 8 }),
    fc.integer({ min: 0, max: 32 }).map((some) => some * 512),
  ),
  from: fc.nat(20),
  minutes: fc.integer({ min: 1, max: 9 }),
});

describe('amounts in the bits of one number', () => {
  it('find the same places as amounts one by one', () => {
    fc.assert(
      fc.property(fc.array(needs, { minLength: 1, maxLength: 30 }), (list) => {
        const bare = list.map(({ amounts }) => ({ columns, amounts: Float64Array.from(amounts) }));
        const packing = packingFor(limits, bare);
        if (packing === null) throw new Error('is not packed');
        const packed = new PackedProfile({ packing, tasks: list.length });
        const plain = new Profile({ limits, tasks: list.length });
        plain.clear();
        for (const [index, { from, minutes }] of list.entries()) {
          const amounts = bare[index] ?? { columns, amounts: limits };
          const need = { ...amounts, packed: packing.pack(amounts) };
          const start = plain.earliest(from, minutes, need);
          expect(packed.earliest(from, minutes, need)).toBe(start);
          for (const profile of [plain, packed]) profile.add(start, start + minutes, need);
        }
      }),
    );
  });

  it.each([[[0.5, 512]], [[1, 1e-3]]])('are refused where they are fractions: %j', (amounts) => {
    expect(packingFor(limits, [{ columns, amounts: Float64Array.from(amounts) }])).toBeNull();
  });

  it('are refused where they need more bits than a number has', () => {
    const amounts = Float64Array.from([1, 1]);
    expect(packingFor(Float64Array.from([8, 2 ** 30]), [{ columns, amounts }])).toBeNull();
  });
});
