import fc from 'fast-check';
import { expect, it } from 'vitest';
import { spanOf } from '../../../src/plan/estimates/span.ts';
import { normals, seeded } from './past.ts';

it('has the quantiles of a chain of log-normal times, as drawn', () => {
  const [sigma, z90] = [0.6, 1.2815515655446004];
  const normal = normals(seeded(3));
  const medians = [10, 20, 30];
  const sums = Array.from({ length: 20_000 }, () =>
    medians.reduce((sum, each) => sum + each * Math.exp(sigma * normal()), 0),
  ).toSorted((a, b) => a - b);
  const chain = medians.map((p50) => ({ p50, p90: p50 * Math.exp(z90 * sigma) }));
  const span = spanOf(60 * Math.exp(sigma ** 2 / 2), chain);
  expect(span.p50 / (sums[10_000] ?? 0)).toBeCloseTo(1, 1);
  expect(span.p90 / (sums[18_000] ?? 0)).toBeCloseTo(1, 1);
});

it('is always two numbers in order, and a single one where nothing varies', () => {
  const minutes = fc.double({ min: 0, max: 1e9, noNaN: true });
  fc.assert(
    fc.property(
      minutes,
      fc.array(fc.record({ p50: minutes, p90: minutes }), { maxLength: 5 }),
      (mean, chain) => {
        const { p50, p90 } = spanOf(mean, chain);
        expect([p50, p90].every(Number.isFinite)).toBe(true);
        expect(p90).toBeGreaterThanOrEqual(p50);
      },
    ),
  );
  expect(spanOf(7, [{ p50: 7, p90: 7 }])).toEqual({ p50: expect.closeTo(7), p90: expect.closeTo(7) });
  expect(spanOf(0, [])).toEqual({ p50: 0, p90: 0 });
});
