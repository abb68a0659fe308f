import type { AttemptKind } from '../../domain/attempt-kind.ts';
import type { PastAttempt, Prediction, Profile } from '../../domain/estimate.ts';
import { PRIOR_MINUTES } from './complexity.ts';
import { failingShare } from './failing.ts';
import { levelsFor } from './levels.ts';
import { type LogNormal, mean, median, percentile90, remaining } from './log-normal.ts';
import { pool, USUAL_SPREAD } from './pooling.ts';
import { sizeEffect } from './size.ts';

/** Work that is to be done, or is being done. */
export interface Work {
  readonly profile: Profile;
  readonly purpose: AttemptKind;
}

/** What a task takes with all of its expected attempts. Minutes. */
export interface TaskEstimate {
  readonly p50: number;
  readonly p90: number;
  readonly mean: number;
  /** How many attempts it is expected to take. */
  readonly attempts: number;
  /** What it rests on: attempts of this repository, of others only, or nothing but what is assumed. */
  readonly basis: 'here' | 'elsewhere' | 'prior';
  /** Dollars, and tokens in and out; null where nothing was ever recorded. */
  readonly usd: number | null;
  readonly tokens: number | null;
}

export interface Estimator {
  /** Of a single attempt; null without a history: then nothing is predicted. */
  attempt(work: Work): Prediction | null;
  task(work: Work): TaskEstimate;
  /** Minutes that are still expected of a task whose attempt has been at work for so long. */
  remaining(work: Work, elapsedMinutes: number): number;
}

/**
 * Learns from earlier attempts how long others take: a log-normal distribution, with newer ones counting more, and
 * partial pooling from all repositories down to the most similar tasks (`pooling.ts`). First work on a task is learnt from
 * first work, answers to reviews and conflicts from answers.
 */
export function createEstimator(past: readonly PastAttempt[]): Estimator {
  const known = new Map<string, Outlook>();
  const outlookOf = (work: Work): Outlook => {
    const key = JSON.stringify([isFirst(work.purpose), work.profile]);
    const outlook = known.get(key) ?? lookOut(past, work);
    known.set(key, outlook);
    return outlook;
  };
  return {
    attempt: (work) => outlookOf(work).prediction,
    task: (work) => outlookOf(work).task,
    remaining: (work, elapsedMinutes) => {
      const { time, task } = outlookOf(work);
      return remaining(time, elapsedMinutes) + (1 - 1 / task.attempts) * task.mean;
    },
  };
}

interface Outlook {
  readonly time: LogNormal;
  readonly prediction: Prediction | null;
  readonly task: TaskEstimate;
}

const isFirst = (purpose: AttemptKind): boolean => purpose === 'implement';

function lookOut(past: readonly PastAttempt[], { profile, purpose }: Work): Outlook {
  const alike = past.filter((each) => isFirst(each.purpose) === isFirst(purpose));
  const timed = alike.filter(({ end }) => end !== 'failed');
  const learnt = learn(timed, profile, ({ minutes }) => minutes);
  const samples = timed.filter(({ isHere }) => isHere).length;
  const attempts = 1 / (1 - failingShare(alike, levelsFor(profile, alike)));
  const { time, longest } = learnt ?? assumed(profile);
  const each = { p50: median(time), p90: percentile90(time), mean: Math.min(mean(time), longest) };
  const costOf = (amountOf: (one: PastAttempt) => number): number | null => {
    const cost = learn(alike, profile, amountOf);
    return cost && attempts * Math.min(mean(cost.time), cost.longest);
  };
  return {
    time,
    prediction: learnt && { ...each, samples },
    task: {
      p50: attempts * each.p50,
      p90: attempts * each.p90,
      mean: attempts * each.mean,
      attempts,
      basis: learnt === null ? 'prior' : samples > 0 ? 'here' : 'elsewhere',
      usd: costOf(({ usage }) => usage.usd),
      tokens: costOf(({ usage }) => usage.inputTokens + usage.outputTokens),
    },
  };
}

/** Nothing was measured: the prior is the mean. */
const assumed = ({ complexity }: Profile): Learnt => ({
  time: { mu: Math.log(PRIOR_MINUTES[complexity]) - USUAL_SPREAD / 2, sigma: Math.sqrt(USUAL_SPREAD) },
  longest: Number.POSITIVE_INFINITY,
});

interface Learnt {
  readonly time: LogNormal;
  /** The most that was seen, made as large as this task: no mean is beyond it, however much the samples differ. */
  readonly longest: number;
}

/** Amounts beyond any sense, in minutes, dollars or tokens, are taken for the nearest that a number holds safely. */
const LEAST = 1e-6;
const MOST = 1e12;
/** σ = 2: nine of ten below 13 times the median. Samples that differ more are no sample of one thing. */
const MOST_VARIANCE = 4;

function learn(
  past: readonly PastAttempt[],
  profile: Profile,
  amountOf: (one: PastAttempt) => number,
): Learnt | null {
  const measured = past.flatMap((one) => {
    const amount = amountOf(one);
    if (!(amount > 0)) return [];
    return [{ ...one, ...one.profile, at: one.endedAt, value: Math.log(within(amount)) }];
  });
  const effect = sizeEffect(measured);
  const samples = measured.map((one) => ({ ...one, value: one.value - effect(one.complexity) }));
  const belief = pool(samples, levelsFor(profile, samples));
  if (belief === null) return null;
  const own = effect(profile.complexity);
  const most = samples.reduce((longest, { value }) => Math.max(longest, value), Number.NEGATIVE_INFINITY);
  return {
    time: {
      mu: belief.mean + own,
      sigma: Math.sqrt(Math.min(MOST_VARIANCE, belief.uncertainty + belief.spread)),
    },
    longest: Math.exp(Math.max(most, belief.mean) + own),
  };
}

const within = (amount: number): number => Math.min(MOST, Math.max(LEAST, amount));
