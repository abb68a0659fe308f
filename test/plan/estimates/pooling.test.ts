import fc from 'fast-check';
import { expect, it } from 'vitest';
import { momentsOf } from '../../../src/plan/estimates/moments.ts';
import { pool as pooled } from '../../../src/plan/estimates/pooling.ts';
import type { Level } from '../../../src/plan/estimates/tree.ts';

interface Grouped {
  readonly value: number;
  readonly at: number;
  readonly group: string;
}

const inGroup = (group: string, values: readonly number[]): readonly Grouped[] =>
  values.map((value, at) => ({ value, at, group }));
const level = (group: string): Level<Grouped> => ({
  name: 'group',
  groupOf: (sample) => sample.group,
  group,
});
const pool = (samples: readonly Grouped[], levels: readonly Level<Grouped>[]) => pooled(samples)(levels);

it('weighs samples of one time alike, and the fifteenth newest half', () => {
  const alike = [1, 2, 3, 4].map((value) => ({ value, at: 5 }));
  expect(momentsOf(alike)).toEqual({ count: 4, mean: 2.5, variance: expect.closeTo(5 / 3) });
  const old = [{ value: 1, at: 20 }, ...Array.from({ length: 15 }, (_, at) => ({ value: 0, at }))];
  const weights = Array.from({ length: 16 }, (_, place) => 2 ** (-place / 15));
  expect(momentsOf(old).mean).toBeCloseTo(1 / weights.reduce((all, each) => all + each, 0));
});

it('gives the posterior of two normal groups as the formula does', () => {
  // By hand, with equal times: within = (0 + 0 + 4 × spread)/(2 + 2 + 4), between = (2 × spread/4 + excess)/(2 + 1).
  const samples = [...inGroup('a', [0, 0, 0]), ...inGroup('b', [2, 2, 2])].map((each) => ({
    ...each,
    at: 0,
  }));
  const spread = (5 * 1.2 + 4 * 0.36) / 9;
  const within = (4 * spread) / 8;
  const seen = ((2 * 3) / within - 1) / (3 / within);
  const between = (2 * 0.25 * spread + seen) / 3;
  const trust = within / 3 / (within / 3 + between);
  const belief = pool(samples, [level('b')]);
  expect(belief?.mean).toBeCloseTo(2 * (1 - trust) + 1 * trust, 10);
  expect(belief?.uncertainty).toBeCloseTo(trust * between + (trust ** 2 * spread) / 6, 10);
  expect(belief?.spread).toBeCloseTo((4 * within) / 6, 10);
});

it('is surer with more samples, and as sure as its parent at most where it has none', () => {
  const parent = inGroup('a', [1, 2, 1, 2, 1, 2]);
  const none = pool(parent, [level('z')]);
  const whole = pool(parent, []);
  expect(none?.mean).toBe(whole?.mean);
  expect(none?.uncertainty).toBeGreaterThan(whole?.uncertainty ?? 0);
  const few = pool([...parent, ...inGroup('z', [1.5])], [level('z')]);
  const many = pool([...parent, ...inGroup('z', Array(20).fill(1.5))], [level('z')]);
  expect(many?.uncertainty).toBeLessThan(few?.uncertainty ?? 0);
});

it('lies between its parent and its own samples', () => {
  const values = fc.array(fc.double({ min: -10, max: 10, noNaN: true }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(values, values, (own, others) => {
      const samples = [...inGroup('own', own), ...inGroup('others', others)];
      const parent = pool(samples, [])?.mean ?? 0;
      const sample = momentsOf(samples.filter(({ group }) => group === 'own')).mean;
      const mean = pool(samples, [level('own')])?.mean ?? Number.NaN;
      expect(mean).toBeGreaterThanOrEqual(Math.min(parent, sample) - 1e-9);
      expect(mean).toBeLessThanOrEqual(Math.max(parent, sample) + 1e-9);
    }),
  );
});
