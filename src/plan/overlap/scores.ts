import type { Score, ScoreSubject, Scores } from '../../domain/overlap.ts';

/** The sums of scores after one task's are replaced. All numbers are whole, so the order of such changes does not matter. */
export function replaced(sums: Scores, before: readonly Scores[], after: Scores): Scores {
  const result = new Map(sums);
  for (const scores of before) addTo(result, scores, -1);
  addTo(result, after, 1);
  return result;
}

function addTo(sums: Map<ScoreSubject, Score>, scores: Scores, sign: 1 | -1): void {
  for (const [subject, score] of scores) sums.set(subject, sum(sums.get(subject) ?? NO_SCORE, score, sign));
}

export const NO_SCORE: Score = { predicted: 0, expected: 0, hits: 0, real: 0, found: 0 };

const sum = (a: Score, b: Score, sign: 1 | -1): Score => ({
  predicted: a.predicted + sign * b.predicted,
  expected: a.expected + sign * b.expected,
  hits: a.hits + sign * b.hits,
  real: a.real + sign * b.real,
  found: a.found + sign * b.found,
});
