import type { Complexity } from '../../domain/estimate.ts';
import { PRIOR_MINUTES } from './complexity.ts';
import { weigh } from './moments.ts';
import { USUAL_SPREAD } from './pooling.ts';

/** How much larger than a medium task one of this complexity is said to be, as a logarithm. */
const saidOf = (complexity: Complexity): number => Math.log(PRIOR_MINUTES[complexity] / PRIOR_MINUTES.medium);

/** How much of what people say of sizes is true: 1 at first, so that a large task counts as four small ones. */
const TRUST_DEVIATION = 0.5;
const MOST = 1.5;

interface Sized {
  readonly at: number;
  /** A logarithm. */
  readonly value: number;
  readonly complexity: Complexity;
}

/**
 * What the size of a task adds to the logarithm of its time: slope × what was said. The slope is the one of a ridge
 * regression towards 1 (Hoerl and Kennard 1970, with λ = σ²/τ²), so it stays 1 until sizes and times were seen to differ.
 */
export function sizeEffect(samples: readonly Sized[]): (complexity: Complexity) => number {
  const slope = slopeOf(samples);
  return (complexity) => slope * saidOf(complexity);
}

function slopeOf(samples: readonly Sized[]): number {
  const weighted = weigh(samples).map(({ weight, sample }) => ({
    weight,
    x: saidOf(sample.complexity),
    y: sample.value,
  }));
  const mean = (of: 'x' | 'y'): number =>
    weighted.reduce((all, each) => all + each.weight * each[of], 0) /
    weighted.reduce((all, { weight }) => all + weight, 0);
  const [x0, y0] = [mean('x'), mean('y')];
  const penalty = USUAL_SPREAD / TRUST_DEVIATION ** 2;
  const xy = weighted.reduce((all, { weight, x, y }) => all + weight * (x - x0) * (y - y0), penalty);
  const xx = weighted.reduce((all, { weight, x }) => all + weight * (x - x0) ** 2, penalty);
  return weighted.length === 0 ? 1 : Math.min(MOST, Math.max(0, xy / xx));
}
