import type { KeySource, Score, Scores } from '../../domain/overlap.ts';
import { ceilingOf } from './sources.ts';

/*
 * Learning how far each source can be believed in one repository.
 *
 * Of a source's n predictions here, with the mean built-in confidence c, h came true. With a Beta(k·c, k·(1 − c)) prior
 * the posterior mean of its hit rate is p = (k·c + h) / (k + n) (Gelman et al., Bayesian Data Analysis, 3rd ed., §2.4).
 * Clues of one source are not all equally sure, so what was learnt moves each of them by the same factor of its odds,
 * odds(p) / odds(c): the correction for a changed base rate of Saerens, Latinne and Decaestecker (2002), "Adjusting the
 * outputs of a classifier to new a priori probabilities", eq. 2.4. A clue with just the mean confidence becomes p.
 *
 * The factor stays within bounds, as a few odd tasks must not silence a source for good, nor make a guess a certainty.
 * It depends on sums alone, so neither order nor repetition of the comparisons matters. What a person has named is not
 * calibrated at all.
 */

/** How many predictions the built-in number is worth. */
export const PRIOR_STRENGTH = 10;
const LEAST_FACTOR = 1 / 8;
const MOST_FACTOR = 2;

/** What a source's clue is worth here; rises with `confidence`, and equals it (below the ceiling) without a history. */
export function calibrated(source: KeySource, confidence: number, learnt: Scores): number {
  if (source === 'named') return confidence;
  const most = ceilingOf(source);
  const factor = factorOf(learnt.get(source));
  return Math.min(most, factor === 1 ? confidence : fromOdds(oddsOf(Math.min(confidence, most)) * factor));
}

/** The built-in confidence from which a clue of the source, alone, reaches the threshold here; above 1: never. */
export function effectiveThreshold(source: KeySource, threshold: number, learnt: Scores): number {
  if (source === 'named') return threshold;
  if (threshold > ceilingOf(source)) return Number.POSITIVE_INFINITY;
  return fromOdds(oddsOf(threshold) / factorOf(learnt.get(source)));
}

/** By how much the odds of a source's clues are multiplied. */
export function factorOf(score: Score | undefined): number {
  if (!score || score.predicted === 0) return 1;
  const { predicted, hits, expected } = score;
  const mean = within(expected / 1e6 / predicted, 0.01, 0.99);
  const rate = (PRIOR_STRENGTH * mean + hits) / (PRIOR_STRENGTH + predicted);
  return within(oddsOf(rate) / oddsOf(mean), LEAST_FACTOR, MOST_FACTOR);
}

const oddsOf = (probability: number): number => probability / (1 - Math.min(probability, 0.999_999));
const fromOdds = (odds: number): number => odds / (1 + odds);
const within = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value));
