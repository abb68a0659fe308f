import { type Moments, momentsOf, type Sample } from './moments.ts';
import { grow, type Level } from './tree.ts';

/*
 * Partial pooling: every level of a hierarchy believes something between its parent and its own samples, the nearer to
 * its samples the more of them there are, and the more its siblings differ. On logarithms,
 *
 *   mean = (1 − B) · own mean + B · parent's mean,  B = V / (V + τ²),  V = W / n
 *   uncertainty = V · τ² / (V + τ²) + B² · parent's uncertainty
 *
 * with W the variance within siblings and τ² the one between them (Morris, Parametric Empirical Bayes Inference, JASA 78,
 * 1983; Gelman and Hill, Data Analysis Using Regression and Multilevel Models, 12.1). τ² is estimated from the siblings
 * (DerSimonian and Laird 1986), and variances are moderated by the parent's (Smyth 2004): with few of them, what is
 * assumed counts. A level without samples believes its parent, a little less surely; one that is all of its parent is its
 * parent.
 */

/** What is believed of the logarithm of the next one: its mean, how sure that is, and how much single ones differ. */
export interface Belief {
  readonly mean: number;
  /** Variance of `mean`. */
  readonly uncertainty: number;
  /** Variance of a single one around the true mean. */
  readonly spread: number;
}

/** Before anything is measured: σ = 0.6, the noise of durations that planning assumes. */
export const USUAL_SPREAD = 0.36;
/** As if so many samples had said so. */
const SPREAD_WORTH = 4;
/** How much of a parent's spread is assumed to lie between its children, and what that assumption is worth. */
const BETWEEN_SHARE = 0.25;
const BETWEEN_WORTH = 2;

/** From the first level down to the last one that has samples; null where there is no sample at all. */
export function pool<S extends Sample>(
  samples: readonly S[],
): (levels: readonly Level<S>[]) => Belief | null {
  if (samples.length === 0) return () => null;
  return grow<S, Belief>(samples, {
    root: beliefOf(momentsOf(samples)),
    step: ({ parent, own, groups }) =>
      narrowed(parent, own.length === 0 ? null : momentsOf(own), groups.map(momentsOf)),
  });
}

function beliefOf(all: Moments): Belief {
  const spread = moderated(all, USUAL_SPREAD);
  return { mean: all.mean, uncertainty: spread / all.count, spread };
}

/** The variance of some samples, as if a few more had had the usual one. */
const moderated = ({ count, variance }: Moments, usual: number): number =>
  ((count - 1) * variance + SPREAD_WORTH * usual) / (count - 1 + SPREAD_WORTH);

function narrowed(parent: Belief, own: Moments | null, groups: readonly Moments[]): Belief {
  const within = withinOf(groups, parent.spread);
  const between = betweenOf(groups, within, parent.spread);
  if (own === null) return { mean: parent.mean, uncertainty: between + parent.uncertainty, spread: within };
  const noise = within / own.count;
  const trust = noise / (noise + between);
  return {
    mean: (1 - trust) * own.mean + trust * parent.mean,
    uncertainty: trust * between + trust ** 2 * parent.uncertainty,
    spread: moderated(own, within),
  };
}

/** The variance within groups, together. */
function withinOf(groups: readonly Moments[], usual: number): number {
  const freedom = groups.reduce((all, { count }) => all + count - 1, 0);
  const squares = groups.reduce((all, { count, variance }) => all + (count - 1) * variance, 0);
  return (squares + SPREAD_WORTH * usual) / (freedom + SPREAD_WORTH);
}

/** The variance between groups: what their means differ more than by chance. */
function betweenOf(groups: readonly Moments[], within: number, spread: number): number {
  const weights = groups.map(({ count }) => count / within);
  const total = weights.reduce((all, weight) => all + weight, 0);
  const centre = groups.reduce((all, { mean }, at) => all + mean * (weights[at] ?? 0), 0) / total;
  const excess = groups.reduce((all, { mean }, at) => all + (weights[at] ?? 0) * (mean - centre) ** 2, 0);
  const others = groups.length - 1;
  const scale = total - weights.reduce((all, weight) => all + weight ** 2, 0) / total;
  const seen = others === 0 ? 0 : Math.max(0, (excess - others) / scale);
  return (BETWEEN_WORTH * BETWEEN_SHARE * spread + others * seen) / (BETWEEN_WORTH + others);
}
