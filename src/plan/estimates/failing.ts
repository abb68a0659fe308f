import type { PastAttempt } from '../../domain/estimate.ts';
import { weigh } from './moments.ts';
import type { Level } from './pooling.ts';

/** Before anything is known, one attempt of ten fails: Beta(½, 4½), as if five had been seen. */
const USUAL_SHARE = 0.1;
const WORTH = 5;

/**
 * The share of attempts that fail, and so 1/(1 − p) attempts for a task. At each level the mean of a Beta distribution
 * whose prior is its parent's share, worth five attempts: (failed + 5p) / (all + 5); newer ones count more.
 */
export function failingShare<S extends Pick<PastAttempt, 'end' | 'endedAt'>>(
  past: readonly S[],
  levels: readonly Level<S>[],
): number {
  let members = past;
  let share = shareOf(members, USUAL_SHARE);
  for (const { group, groupOf } of levels) {
    const own = members.filter((member) => groupOf(member) === group);
    if (own.length === 0) return share;
    if (own.length < members.length) share = shareOf(own, share);
    members = own;
  }
  return share;
}

function shareOf(past: readonly Pick<PastAttempt, 'end' | 'endedAt'>[], before: number): number {
  const weighted = weigh(
    past.map(({ end, endedAt }) => ({ at: endedAt, value: end === 'succeeded' ? 0 : 1 })),
  );
  const all = weighted.reduce((sum, { weight }) => sum + weight, 0);
  const failed = weighted.reduce((sum, { weight, value }) => sum + weight * value, 0);
  return (failed + WORTH * before) / (all + WORTH);
}
