import type { PastAttempt, Profile } from '../../domain/estimate.ts';
import { levelsAmong } from './levels.ts';
import type { LogNormal } from './log-normal.ts';
import { type Belief, pool } from './pooling.ts';
import { sizeEffect } from './size.ts';

export interface Learnt {
  readonly time: LogNormal;
  /** The most that was seen, made as large as this task: no mean is beyond it, however much the samples differ. */
  readonly longest: number;
}

/** Null: nothing was measured. */
export type Learner = (profile: Profile) => Learnt | null;

/** Amounts beyond any sense, in minutes, dollars or tokens, are taken for the nearest that a number holds safely. */
const LEAST = 1e-6;
const MOST = 1e12;
/** σ = 2: nine of ten below 13 times the median. Samples that differ more are no sample of one thing. */
const MOST_VARIANCE = 4;

/** Learns an amount that attempts take of something; those with none of it do not count. */
export function learnerOf(past: readonly PastAttempt[], amountOf: (one: PastAttempt) => number): Learner {
  const measured = past.flatMap((one) => {
    const amount = amountOf(one);
    const { profile, isHere, endedAt } = one;
    const { complexity } = profile;
    return amount > 0 ? [{ profile, isHere, complexity, at: endedAt, value: Math.log(within(amount)) }] : [];
  });
  const effect = sizeEffect(measured);
  const samples = measured.map((one) => ({ ...one, value: one.value - effect(one.complexity) }));
  const most = samples.reduce((longest, { value }) => Math.max(longest, value), Number.NEGATIVE_INFINITY);
  const [levelsOf, believe] = [levelsAmong(samples), pool(samples)];
  return (profile) => {
    const belief = believe(levelsOf(profile));
    return belief && learnt(belief, { most, size: effect(profile.complexity) });
  };
}

const learnt = ({ mean, uncertainty, spread }: Belief, of: { most: number; size: number }): Learnt => ({
  time: { mu: mean + of.size, sigma: Math.sqrt(Math.min(MOST_VARIANCE, uncertainty + spread)) },
  longest: Math.exp(Math.max(of.most, mean) + of.size),
});

const within = (amount: number): number => Math.min(MOST, Math.max(LEAST, amount));
