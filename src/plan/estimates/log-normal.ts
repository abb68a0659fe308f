/** The distribution of a positive number whose logarithm is normal with mean `mu` and standard deviation `sigma`. */
export interface LogNormal {
  readonly mu: number;
  readonly sigma: number;
}

/** The standard normal distribution's 0.9 quantile. */
const Z90 = 1.2815515655446004;

export const median = ({ mu }: LogNormal): number => Math.exp(mu);
export const percentile90 = ({ mu, sigma }: LogNormal): number => Math.exp(mu + Z90 * sigma);
export const mean = ({ mu, sigma }: LogNormal): number => Math.exp(mu + sigma ** 2 / 2);

/**
 * E[X − t | X > t]: what is still to come of something that has taken `elapsed` (0 or more). With a = (ln t − μ)/σ and
 * Q the normal upper tail, E[X | X > t] = exp(μ + σ²/2) · Q(a − σ) / Q(a). Beyond the median both tails become tiny, so
 * there their common factor is taken out: Q(x) = exp(−x²/2) · erfcx(x/√2) / 2 turns it into
 * t · erfcx((a − σ)/√2) / erfcx(a/√2), which neither underflows nor loses digits. (Johnson, Kotz, Balakrishnan,
 * Continuous Univariate Distributions 1, chapter 14; σ at most 30.)
 */
export function remaining(of: LogNormal, elapsed: number): number {
  const { mu, sigma } = of;
  if (!(elapsed > 0)) return mean(of);
  const a = (Math.log(elapsed) - mu) / sigma;
  if (sigma === 0) return Math.max(0, Math.exp(mu) - elapsed);
  if (a <= 0) return (mean(of) * upperTail(a - sigma)) / upperTail(a) - elapsed;
  return elapsed * (erfcx((a - sigma) / Math.SQRT2) / erfcx(a / Math.SQRT2) - 1);
}

/** P(Z > x) of a standard normal Z. */
export function upperTail(x: number): number {
  const z = x / Math.SQRT2;
  return z > 0 ? (Math.exp(-(z ** 2)) * erfcx(z)) / 2 : 1 - (Math.exp(-(z ** 2)) * erfcx(-z)) / 2;
}

/** exp(x²) · erfc(x). */
export function erfcx(x: number): number {
  if (x < 0) return 2 * Math.exp(x ** 2) - erfcx(-x);
  return x < 2 ? Math.exp(x ** 2) * (1 - erf(x)) : tailFraction(x);
}

/** 2/√π · e^(−x²) · Σ 2ⁿ x^(2n+1) / (1·3·5…(2n+1)): every term positive, so no digit is lost (DLMF 7.6.2). */
function erf(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= (2 * x ** 2) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-(x ** 2)) * sum;
}

/** Laplace's continued fraction 1/(x + (1/2)/(x + 1/(x + (3/2)/(x + …)))) / √π (DLMF 7.9.1), from its far end; x ≥ 2. */
function tailFraction(x: number): number {
  let value = x;
  for (let n = FRACTIONS; n > 0; n--) value = x + n / 2 / value;
  return 1 / (value * Math.sqrt(Math.PI));
}

/** Enough for 15 digits at x = 2, and more beyond. */
const FRACTIONS = 80;
