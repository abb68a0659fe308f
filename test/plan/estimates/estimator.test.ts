import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PastAttempt } from '../../../src/domain/estimate.ts';
import { createEstimator, type Work } from '../../../src/plan/estimates/estimator.ts';
import { aPast, aProfile, pastOf } from './past.ts';

const work = (given: Parameters<typeof aProfile>[0] = {}, purpose: Work['purpose'] = 'implement'): Work => ({
  profile: aProfile(given),
  purpose,
});

const meanOf = (past: readonly PastAttempt[], of = work()): number =>
  createEstimator(past).attempt(of)?.mean ?? Number.NaN;

describe('an estimate', () => {
  it('without a history is the prior of the complexity, and predicts nothing', () => {
    const estimator = createEstimator([]);
    expect(estimator.attempt(work())).toBeNull();
    const means = (['low', 'medium', 'high', 'critical'] as const).map((complexity) =>
      estimator.task(work({ complexity })),
    );
    expect(means.map(({ mean }) => Math.round(mean))).toEqual([33, 67, 133, 267]);
    expect(means[0]).toMatchObject({ basis: 'prior', usd: null, tokens: null });
  });

  it('expects what there was where all were alike', () => {
    expect(createEstimator(pastOf([12])).attempt(work())).toMatchObject({
      p50: expect.closeTo(12),
      samples: 1,
    });
    expect(meanOf(pastOf([12, 12, 12]))).toBeCloseTo(12);
  });

  it('weighs newer attempts more', () => {
    expect(meanOf(pastOf([10, 10, 10, 40]))).toBeGreaterThan(meanOf(pastOf([40, 10, 10, 10])));
  });

  it('learns that a kind of task takes longer, and leaves the others nearly as they are', () => {
    const past = [
      ...pastOf([10, 11, 9, 10, 12, 10, 9, 11, 10, 10]),
      ...pastOf([100, 90, 110, 100], { profile: aProfile({ taskKind: 'refactoring' }) }),
    ];
    expect(meanOf(past, work({ taskKind: 'refactoring' }))).toBeGreaterThan(60);
    expect(meanOf(past, work())).toBeLessThan(16);
  });

  it('falls back to the parent where a level has no sample', () => {
    const past = pastOf([10, 12, 9, 11]);
    expect(
      createEstimator(past).attempt(work({ taskKind: 'documentation', labels: ['new'] }))?.p50,
    ).toBeCloseTo(createEstimator(past).attempt(work())?.p50 ?? 0);
  });

  it('uses other repositories until this one has its own', () => {
    const elsewhere = pastOf([40, 40, 40, 40], { isHere: false });
    expect(createEstimator(elsewhere).task(work())).toMatchObject({ basis: 'elsewhere' });
    const both = createEstimator([...elsewhere, ...pastOf([4, 4, 4, 4, 4, 4])]);
    expect(both.task(work())).toMatchObject({ basis: 'here' });
    expect(both.attempt(work())?.p50).toBeLessThan(7);
  });

  it('learns answers to reviews from answers alone', () => {
    const past = [...pastOf([60, 60, 60]), ...pastOf([5, 5, 5], { purpose: 'review' })];
    expect(meanOf(past)).toBeCloseTo(60);
    expect(meanOf(past, work({}, 'conflict'))).toBeCloseTo(5);
  });

  it('takes people at their word on sizes until time has shown otherwise', () => {
    const large = aProfile({ complexity: 'high' });
    const medians = (past: readonly PastAttempt[]): number =>
      (createEstimator(past).attempt({ profile: large, purpose: 'implement' })?.p50 ?? 0) /
      (createEstimator(past).attempt(work())?.p50 ?? 1);
    expect(medians(pastOf([10, 10]))).toBeCloseTo(2);
    const same = [...pastOf(Array(12).fill(10)), ...pastOf(Array(12).fill(10), { profile: large })];
    expect(medians(same)).toBeLessThan(1.5);
  });

  it('expects more attempts where attempts fail, and counts no length of a failed one', () => {
    const failing = [...pastOf([10, 10, 10]), ...pastOf([1, 1, 1], { end: 'failed' })];
    const task = createEstimator(failing).task(work());
    expect(task.attempts).toBeCloseTo(1 / (1 - (3 + 0.5) / (6 + 5)), 0);
    expect(task.mean).toBeCloseTo(10 * task.attempts);
  });

  it('counts an attempt that ran out of time as at least that long, so that time-outs never feed themselves', () => {
    const past = [...pastOf([10, 10]), ...pastOf([30, 30], { end: 'out-of-time' })];
    expect(createEstimator(past).attempt(work())?.p50).toBeGreaterThan(13);
    expect(createEstimator(past).task(work()).attempts).toBeGreaterThan(1.3);
  });

  it('knows cost and tokens only where agents told them', () => {
    const usage = { inputTokens: 2_000_000, outputTokens: 1_000, usd: 0.5 };
    const past = [...pastOf([10, 10]), ...pastOf([10], { usage })];
    const { usd, tokens, attempts } = createEstimator(past).task(work());
    expect([usd, tokens]).toEqual([expect.closeTo(0.5 * attempts), expect.closeTo(2_001_000 * attempts, 0)]);
    expect(createEstimator(pastOf([10])).task(work())).toMatchObject({ usd: null, tokens: null });
  });

  it('expects of a running task what is left of it, and further attempts as far as they fail', () => {
    const estimator = createEstimator(pastOf([20, 25, 30, 35, 40]));
    expect(estimator.remaining(work(), 10)).toBeLessThan(estimator.task(work()).mean);
    expect(estimator.remaining(work(), 300)).toBeGreaterThan(0);
  });
});

const anyNumber = fc.oneof(
  fc.double(),
  fc.constantFrom(0, -0, -1, 5e-324, Number.MAX_VALUE, Number.NaN, Number.POSITIVE_INFINITY),
  fc.double({ min: 0.01, max: 1_000, noNaN: true }),
);
const anyProfile = fc.record({
  provider: fc.constantFrom('exec', 'codex', '__proto__'),
  taskKind: fc.constantFrom(null, 'feature' as const, 'bug-fix' as const),
  complexity: fc.constantFrom('low' as const, 'medium' as const, 'critical' as const),
  labels: fc.uniqueArray(fc.constantFrom('api', 'ui', 'db', '__proto__', 'a b'), { maxLength: 4 }),
});
const anyPast = fc.array(
  fc.record({
    profile: anyProfile,
    purpose: fc.constantFrom('implement' as const, 'review' as const),
    isHere: fc.boolean(),
    endedAt: fc.integer({ min: 0, max: 5 }),
    end: fc.constantFrom('succeeded' as const, 'out-of-time' as const, 'failed' as const),
    minutes: anyNumber,
    usage: fc.record({ inputTokens: anyNumber, outputTokens: anyNumber, usd: anyNumber }),
  }),
  { maxLength: 30 },
);

describe('whatever was recorded, an estimate', () => {
  it('is a number, with p50 ≤ mean ≤ p90 of an attempt, and stays within what was seen but for sizes', () => {
    fc.assert(
      fc.property(anyPast, anyProfile, (past, profile) => {
        const estimator = createEstimator(past);
        const of = { profile, purpose: 'implement' } as const;
        const task = estimator.task(of);
        const numbers = [task.p50, task.mean, task.p90, task.attempts, estimator.remaining(of, 7)];
        expect(numbers.every((each) => Number.isFinite(each) && each > 0)).toBe(true);
        expect(task.p50).toBeLessThanOrEqual(task.mean * (1 + 1e-9));
        expect(task.mean).toBeLessThanOrEqual(task.p90 * (1 + 1e-9));
        expect([task.usd ?? 0, task.tokens ?? 0].every(Number.isFinite)).toBe(true);
      }),
    );
  });

  it('has its median and its mean between the least and the most of what was seen, where all are of one size', () => {
    const minutes = fc.array(fc.double({ min: 0.1, max: 1_000, noNaN: true }), {
      minLength: 1,
      maxLength: 20,
    });
    fc.assert(
      fc.property(minutes, anyProfile, fc.boolean(), (seen, profile, isHere) => {
        const past = seen.map((each, at) =>
          aPast({
            minutes: each,
            endedAt: at % 3,
            isHere,
            profile: { ...aProfile(), labels: profile.labels },
          }),
        );
        const made = createEstimator(past).attempt(work({ ...profile, complexity: 'medium' }));
        for (const each of [made?.p50 ?? 0, made?.mean ?? 0]) {
          expect(each).toBeGreaterThanOrEqual(Math.min(...seen) * (1 - 1e-9));
          expect(each).toBeLessThanOrEqual(Math.max(...seen) * (1 + 1e-9));
        }
      }),
    );
  });

  it('does not depend on the order in which attempts are listed', () => {
    fc.assert(
      fc.property(anyPast, anyProfile, (past, profile) => {
        const of = { profile, purpose: 'implement' } as const;
        const [one, other] = [past, past.toReversed()].map((each) => createEstimator(each).task(of));
        expect(other?.mean).toBeCloseTo(one?.mean ?? 0, 6);
        expect((other?.p90 ?? 0) / (one?.p90 ?? 1)).toBeCloseTo(1, 9);
      }),
    );
  });
});
