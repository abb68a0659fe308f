import type { PastAttempt } from '../../domain/estimate.ts';
import { weigh } from './moments.ts';
import { grow, type Level } from './tree.ts';

/** Before anything is known, one attempt of ten fails: Beta(½, 4½), as if five had been seen. */
const USUAL_SHARE = 0.1;
const WORTH = 5;

/**
 * The share of attempts that fail, and so 1/(1 − p) attempts for a task. At each level the mean of a Beta distribution
 * whose prior is its parent's share, worth five attempts: (failed + 5p) / (all + 5); newer ones count more.
 */
export const failingShare = <S extends Pick<PastAttempt, 'end' | 'endedAt'>>(
  past: readonly S[],
): ((levels: readonly Level<S>[]) => number) =>
  grow<S, number>(past, {
    root: shareOf(past, USUAL_SHARE),
    step: ({ parent, own }) => shareOf(own, parent),
  });

function shareOf(past: readonly Pick<PastAttempt, 'end' | 'endedAt'>[], before: number): number {
  const samples = past.map(({ end, endedAt }) => ({ at: endedAt, value: end === 'succeeded' ? 0 : 1 }));
  let [all, failed] = [WORTH, WORTH * before];
  for (const { weight, sample } of weigh(samples)) {
    all += weight;
    failed += weight * sample.value;
  }
  return failed / all;
}
