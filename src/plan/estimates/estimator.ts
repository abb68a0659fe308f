import type { AttemptKind } from '../../domain/attempt-kind.ts';
import type { PastAttempt, Prediction, Profile } from '../../domain/estimate.ts';
import { PRIOR_MINUTES } from './complexity.ts';
import { failingShare } from './failing.ts';
import { type Learner, type Learnt, learnerOf } from './learner.ts';
import { levelsAmong } from './levels.ts';
import { type LogNormal, mean, median, percentile90, remaining } from './log-normal.ts';
import { USUAL_SPREAD } from './pooling.ts';

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
  const first = lookout(past.filter(({ purpose }) => isFirst(purpose)));
  const later = lookout(past.filter(({ purpose }) => !isFirst(purpose)));
  const outlookOf = ({ profile, purpose }: Work): Outlook => (isFirst(purpose) ? first : later)(profile);
  return {
    attempt: (work) => outlookOf(work).prediction,
    task: (work) => outlookOf(work).task,
    remaining: (work, elapsedMinutes) => {
      const { time, task } = outlookOf(work);
      return remaining(time, elapsedMinutes) + (1 - 1 / task.attempts) * task.mean;
    },
  };
}

const isFirst = (purpose: AttemptKind): boolean => purpose === 'implement';

interface Outlook {
  readonly time: LogNormal;
  readonly prediction: Prediction | null;
  readonly task: TaskEstimate;
}

interface Lessons {
  readonly failing: (profile: Profile) => number;
  /** Attempts of the repository that tell times. */
  readonly samples: number;
  readonly minutes: Learner;
  readonly usd: Learner;
  readonly tokens: Learner;
}

/** Attempts of one purpose; every profile is looked at once. */
function lookout(past: readonly PastAttempt[]): (profile: Profile) => Outlook {
  const timed = past.filter(({ end }) => end !== 'failed');
  const [levelsOf, shareAt] = [levelsAmong(past), failingShare(past)];
  const learnt: Lessons = {
    failing: (profile) => shareAt(levelsOf(profile)),
    samples: timed.filter(({ isHere }) => isHere).length,
    minutes: learnerOf(timed, ({ minutes }) => minutes),
    usd: learnerOf(past, ({ usage }) => usage.usd),
    tokens: learnerOf(past, ({ usage }) => usage.inputTokens + usage.outputTokens),
  };
  const known = new Map<string, Outlook>();
  return (profile) => {
    const key = JSON.stringify(profile);
    const outlook = known.get(key) ?? outlookOn(learnt, profile);
    known.set(key, outlook);
    return outlook;
  };
}

function outlookOn({ failing, samples, minutes, usd, tokens }: Lessons, profile: Profile): Outlook {
  const learnt = minutes(profile);
  const attempts = 1 / (1 - failing(profile));
  const { time, longest } = learnt ?? assumed(profile);
  const each = { p50: median(time), p90: percentile90(time), mean: Math.min(mean(time), longest) };
  const cost = (of: Learnt | null): number | null => of && attempts * Math.min(mean(of.time), of.longest);
  return {
    time,
    prediction: learnt && { ...each, samples },
    task: {
      p50: attempts * each.p50,
      p90: attempts * each.p90,
      mean: attempts * each.mean,
      attempts,
      basis: learnt === null ? 'prior' : samples > 0 ? 'here' : 'elsewhere',
      usd: cost(usd(profile)),
      tokens: cost(tokens(profile)),
    },
  };
}

/** Nothing was measured: the prior is the mean. */
const assumed = ({ complexity }: Profile): Learnt => ({
  time: { mu: Math.log(PRIOR_MINUTES[complexity]) - USUAL_SPREAD / 2, sigma: Math.sqrt(USUAL_SPREAD) },
  longest: Number.POSITIVE_INFINITY,
});
