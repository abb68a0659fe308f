/** An attempt this many places further back counts half as much. */
const HALF_LIFE = 15;

/**
 * The minutes that the next attempt is expected to take, from earlier ones, newest first; null without a history.
 * The mean of a log-normal distribution, exp(μ + σ²/2), with exponentially weighted moments of the logarithms;
 * σ² is the unbiased weighted variance, and no single surprise makes the mean leave the range of what was seen.
 */
export function estimateMinutes(pastMinutes: readonly number[]): number | null {
  const past = pastMinutes.filter((minutes) => Number.isFinite(minutes) && minutes > 0);
  if (past.length === 0) return null;
  const samples = past.map((minutes, age) => ({ log: Math.log(minutes), weight: 2 ** (-age / HALF_LIFE) }));
  const total = samples.reduce((sum, { weight }) => sum + weight, 0);
  const mean = samples.reduce((sum, { log, weight }) => sum + weight * log, 0) / total;
  const expected = Math.exp(mean + variance(samples, mean, total) / 2);
  const least = past.reduce((a, b) => Math.min(a, b));
  const most = past.reduce((a, b) => Math.max(a, b));
  return Math.min(most, Math.max(least, expected));
}

/** Reliability weights: the sum of squares is divided by V1 − V2/V1. */
function variance(
  samples: readonly { readonly log: number; readonly weight: number }[],
  mean: number,
  total: number,
): number {
  const squares = samples.reduce((sum, { log, weight }) => sum + weight * (log - mean) ** 2, 0);
  const freedom = total - samples.reduce((sum, { weight }) => sum + weight ** 2, 0) / total;
  return samples.length < 2 ? 0 : squares / freedom;
}
