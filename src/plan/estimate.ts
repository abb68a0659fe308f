/** How much older attempts count: each one 10 % less than the next newer one. */
const DECAY = 0.9;

/**
 * The mean duration that this repository's own attempts lead to expect, minutes; null without a history. Log-normal with
 * exponential weights: exp(mean + variance / 2) of the logarithms.
 * @param pastMinutes newest first.
 */
export function estimateMinutes(pastMinutes: readonly number[]): number | null {
  const logs = pastMinutes.filter((minutes) => minutes > 0 && Number.isFinite(minutes)).map(Math.log);
  if (logs.length === 0) return null;
  const weights = logs.map((_, age) => DECAY ** age);
  const total = sum(weights);
  const mean = sum(logs.map((log, age) => log * (weights[age] ?? 0))) / total;
  const variance = sum(logs.map((log, age) => (log - mean) ** 2 * (weights[age] ?? 0))) / total;
  return Math.exp(mean + variance / 2);
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
