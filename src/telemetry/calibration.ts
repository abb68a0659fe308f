import type { AttemptRecord } from '../domain/record.ts';
import type { Calibration, CalibrationGroup, Verdict } from '../domain/summary.ts';
import { mean, shareRange } from './statistics.ts';

/** With fewer attempts nothing can be said. */
const FEW = 10;

interface Pair {
  readonly attempt: AttemptRecord;
  readonly real: number;
  readonly p50: number;
  readonly p90: number;
}

/** Attempts that failed early say nothing about time; one that ran out of it took at least as long. */
export function calibrate(attempts: readonly AttemptRecord[]): Calibration {
  const timed = attempts.filter(
    (attempt) => attempt.minutes > 0 && (attempt.class === 'succeeded' || attempt.failure === 'timeout'),
  );
  const pairs = timed.flatMap((attempt): Pair[] =>
    attempt.predicted === null
      ? []
      : [{ attempt, real: attempt.minutes, p50: attempt.predicted.p50, p90: attempt.predicted.p90 }],
  );
  return {
    predicted: pairs.length,
    unpredicted: timed.length - pairs.length,
    groups: pairs.length === 0 ? [] : groupsOf(pairs),
    ratios: ratiosOf(pairs),
  };
}

function groupsOf(pairs: readonly Pair[]): readonly CalibrationGroup[] {
  return [
    groupOf('all', 'all', pairs),
    ...divided('purpose', pairs, ({ attempt }) => attempt.purpose),
    ...divided('provider', pairs, ({ attempt }) => attempt.profile?.provider ?? 'unknown'),
    ...divided('kind', pairs, ({ attempt }) => attempt.profile?.taskKind ?? 'unknown'),
  ];
}

/** A single group would only repeat the whole. */
function divided(
  by: CalibrationGroup['by'],
  pairs: readonly Pair[],
  nameOf: (pair: Pair) => string,
): readonly CalibrationGroup[] {
  const names = [...new Set(pairs.map(nameOf))].toSorted();
  if (names.length < 2) return [];
  return names.map((name) =>
    groupOf(
      by,
      name,
      pairs.filter((pair) => nameOf(pair) === name),
    ),
  );
}

function groupOf(by: CalibrationGroup['by'], name: string, pairs: readonly Pair[]): CalibrationGroup {
  const logs = pairs.map(({ real, p50 }) => Math.log(real / p50));
  const in50 = pairs.filter(({ real, p50 }) => real <= p50).length;
  const in90 = pairs.filter(({ real, p90 }) => real <= p90).length;
  return {
    by,
    name,
    count: pairs.length,
    predictedMinutes: geometricMean(pairs.map(({ p50 }) => p50)),
    realMinutes: geometricMean(pairs.map(({ real }) => real)),
    withinP50: in50 / pairs.length,
    withinP90: in90 / pairs.length,
    bias: Math.exp(mean(logs)),
    error: Math.exp(mean(logs.map(Math.abs))),
    verdict: verdictOn({ in50, in90, all: pairs.length }),
  };
}

const geometricMean = (numbers: readonly number[]): number => Math.exp(mean(numbers.map(Math.log)));

function verdictOn({ in50, in90, all }: { in50: number; in90: number; all: number }): Verdict {
  if (all < FEW) return 'few';
  const [half, most] = [shareRange(in50, all), shareRange(in90, all)];
  if (half.to < 0.5) return 'too-short';
  if (half.from > 0.5) return 'too-long';
  if (most.to < 0.9) return 'too-narrow';
  return most.from > 0.9 ? 'too-wide' : 'right';
}

const EDGES = [0.25, 0.5, 1, 2, 4, null] as const;

function ratiosOf(pairs: readonly Pair[]): Calibration['ratios'] {
  const ratios = pairs.map(({ real, p50 }) => real / p50);
  return EDGES.map((below, at) => {
    const from = at === 0 ? 0 : (EDGES[at - 1] ?? 0);
    const count = ratios.filter((ratio) => ratio >= from && (below === null || ratio < below)).length;
    return { below, count };
  });
}
