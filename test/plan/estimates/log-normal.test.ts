import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  erfcx,
  type LogNormal,
  mean,
  median,
  percentile90,
  remaining,
  upperTail,
} from '../../../src/plan/estimates/log-normal.ts';
import { normals, seeded } from './past.ts';

const TYPICAL: LogNormal = { mu: Math.log(30), sigma: 0.6 };

function drawn(of: LogNormal, count: number): readonly number[] {
  const normal = normals(seeded(7));
  return Array.from({ length: count }, () => Math.exp(of.mu + of.sigma * normal()));
}

const average = (numbers: readonly number[]): number =>
  numbers.reduce((all, each) => all + each, 0) / numbers.length;

/** E[X − t | X > t] as an integral of the survival function beyond t, by Simpson's rule in ln x. */
function integrated({ mu, sigma }: LogNormal, t: number): number {
  const survival = (y: number): number => upperTail((y - mu) / sigma);
  const [from, to, steps] = [Math.log(t), Math.max(mu, Math.log(t)) + 12 * sigma, 20_000];
  const width = (to - from) / steps;
  let sum = 0;
  for (let step = 0; step <= steps; step++) {
    const y = from + step * width;
    const weight = step === 0 || step === steps ? 1 : step % 2 === 1 ? 4 : 2;
    sum += weight * survival(y) * Math.exp(y);
  }
  return (sum * width) / 3 / survival(Math.log(t));
}

describe('the scaled complementary error function', () => {
  it('has the values of the tables', () => {
    expect(erfcx(0)).toBe(1);
    expect(erfcx(0.5)).toBeCloseTo(0.6156903441929259, 14);
    expect(erfcx(1)).toBeCloseTo(0.42758357615580705, 14);
    expect(erfcx(2)).toBeCloseTo(0.2553956763105058, 14);
    expect(erfcx(10)).toBeCloseTo(0.05614099274382259, 15);
    expect(erfcx(-1)).toBeCloseTo(5.00898008076228, 12);
    expect(erfcx(1e8) * 1e8 * Math.sqrt(Math.PI)).toBeCloseTo(1, 12);
  });

  it('goes on smoothly where one formula follows the other', () => {
    expect(Math.abs(erfcx(2 - 1e-12) / erfcx(2) - 1)).toBeLessThan(1e-11);
  });
});

describe('a log-normal time', () => {
  it('has the median, 90th percentile and mean of what is drawn from it', () => {
    const times = drawn(TYPICAL, 40_000).toSorted((a, b) => a - b);
    expect(median(TYPICAL) / (times[20_000] ?? 0)).toBeCloseTo(1, 1);
    expect(percentile90(TYPICAL) / (times[36_000] ?? 0)).toBeCloseTo(1, 1);
    expect(mean(TYPICAL) / average(times)).toBeCloseTo(1, 1);
  });

  it.each([1, 10, 30, 60, 100])(
    'has what remains after %d minutes as those drawn that lasted longer',
    (t) => {
      const left = drawn(TYPICAL, 40_000).flatMap((time) => (time > t ? [time - t] : []));
      expect(Math.abs(remaining(TYPICAL, t) / average(left) - 1)).toBeLessThan(t < 100 ? 0.02 : 0.06);
    },
  );

  it.each([0.5, 29.9, 30.1, 60, 300, 3_000])('has what remains after %d minutes as the integral', (t) => {
    expect(remaining(TYPICAL, t) / integrated(TYPICAL, t)).toBeCloseTo(1, 6);
  });

  it('stays exact far out, where the tails underflow', () => {
    // Mills' ratio: erfcx(z) ≈ 1/(z√π), so t · (a/(a − σ) − 1) to first order.
    const a = 1_000;
    const t = Math.exp(TYPICAL.mu + 0.6 * a);
    expect(remaining(TYPICAL, t) / ((t * 0.6) / (a - 0.6))).toBeCloseTo(1, 5);
    expect(remaining(TYPICAL, 1e300)).toBeGreaterThan(0);
    expect(remaining({ mu: 0, sigma: 0.01 }, 1e6)).toBeLessThan(1e4);
  });
});

const anyLogNormal = fc.record({
  mu: fc.double({ min: -14, max: 28, noNaN: true }),
  sigma: fc.double({ min: 0.01, max: 2, noNaN: true }),
});
const anyTime = fc.double({ min: 0, max: 1e12, noNaN: true });

describe('what remains', () => {
  it('is the whole mean at the start, never negative, always a number', () => {
    fc.assert(
      fc.property(anyLogNormal, anyTime, (of, t) => {
        expect(remaining(of, 0)).toBe(mean(of));
        expect(remaining(of, t)).toSatisfy(Number.isFinite);
        expect(remaining(of, t)).toBeGreaterThanOrEqual(-1e-9 * t);
      }),
    );
  });

  it('makes the whole expected time only longer, the longer something runs', () => {
    fc.assert(
      fc.property(anyLogNormal, anyTime, anyTime, (of, one, other) => {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        const whole = (t: number): number => t + remaining(of, t);
        expect(whole(more)).toBeGreaterThanOrEqual(whole(less) * (1 - 1e-9));
        expect(whole(less)).toBeGreaterThanOrEqual(mean(of) * (1 - 1e-9));
      }),
    );
  });
});
