import type { Span } from '../../domain/plan.ts';
import { median, percentile90 } from './log-normal.ts';

/** The standard normal distribution's 0.9 quantile. */
const Z90 = 1.2815515655446004;

/** Below a hundredth of a second nothing varies that anybody sees; beyond this spread numbers would not hold it. */
const LEAST = 1e-4;
const MOST_SIGMA = 2;

/**
 * The quantiles of a sum of independent log-normal times (Fenton 1960): the log-normal with the mean and the variance of
 * the sum. `mean` may hold more than the chain's parts, such as waiting for a worker. What other chains add when they turn
 * out longer is left out, so that the 90th percentile of a plan with many equal chains is a little too low.
 */
export function spanOf(mean: number, chain: readonly Span[]): Span {
  if (!(mean > LEAST)) return { p50: mean, p90: mean };
  const variance = chain.reduce((sum, part) => sum + varianceOf(part), 0);
  const sigma = Math.min(MOST_SIGMA, Math.sqrt(Math.log1p(variance / mean ** 2)));
  const sum = { mu: Math.log(mean) - sigma ** 2 / 2, sigma };
  return { p50: median(sum), p90: percentile90(sum) };
}

/** Of a log-normal with these quantiles: e^(2μ + σ²) · (e^(σ²) − 1). */
function varianceOf({ p50, p90 }: Span): number {
  if (!(p50 > 0)) return 0;
  const sigma = Math.min(MOST_SIGMA, Math.log(Math.max(p50, p90) / p50) / Z90);
  return p50 ** 2 * Math.exp(sigma ** 2) * Math.expm1(sigma ** 2);
}
