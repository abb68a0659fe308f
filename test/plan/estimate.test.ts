import { describe, expect, it } from 'vitest';
import { estimateMinutes } from '../../src/plan/estimate.ts';

describe('estimating the next attempt', () => {
  it('says nothing without a history', () => {
    expect(estimateMinutes([])).toBeNull();
    expect(estimateMinutes([Number.NaN, 0, -1, Number.POSITIVE_INFINITY])).toBeNull();
  });

  it('expects what there was where all were alike', () => {
    expect(estimateMinutes([12])).toBeCloseTo(12);
    expect(estimateMinutes([12, 12, 12])).toBeCloseTo(12);
  });

  it('weighs newer attempts more', () => {
    const [newer, older] = [estimateMinutes([40, 10, 10, 10]) ?? 0, estimateMinutes([10, 10, 10, 40]) ?? 0];
    expect(newer).toBeGreaterThan(older);
  });

  it('comes near the mean of log-normal times', () => {
    // Quantiles of a log-normal distribution with median 30 and sigma 0.6: its mean is 30 × e^0.18 = 35.9.
    const spread = Array.from(
      { length: 200 },
      (_, i) => [(((i * 73) % 200) + 0.5) / 200, (i * 0.618034) % 1] as const,
    );
    const normal = spread.map(([u, v]) => Math.sqrt(-2 * Math.log(u)) * Math.cos(2 * Math.PI * v));
    const estimate = estimateMinutes(normal.map((x) => 30 * Math.exp(0.6 * x))) ?? 0;
    expect(estimate).toBeGreaterThan(28);
    expect(estimate).toBeLessThan(45);
  });

  it('stays within what was seen', () => {
    const estimate = estimateMinutes([0.001, 10_000]) ?? 0;
    expect(estimate).toBeLessThanOrEqual(10_000);
  });
});
