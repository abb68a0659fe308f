import {
  type Accuracy,
  KEY_SOURCES,
  type KeySource,
  type Score,
  type Scores,
  type SourceAccuracy,
} from '../../domain/overlap.ts';
import { effectiveThreshold } from './calibrate.ts';
import { NO_SCORE } from './scores.ts';

/** How right predictions were; null where none has been compared. */
export function accuracyOf(given: {
  /** The sums over the tasks in question: of one run, or of a repository. */
  readonly scores: Scores;
  /** What the repository has learnt from all of its tasks: it moves the thresholds. */
  readonly learnt: Scores;
  /** The policy's `overlap.exclusive`. */
  readonly exclusive: number;
}): Accuracy | null {
  const { scores } = given;
  const foreseen = scores.get('foreseen');
  if (!foreseen) return null;
  return {
    foreseen,
    held: scores.get('held') ?? NO_SCORE,
    sources: KEY_SOURCES.flatMap((source) => sourceAccuracy(given, source, scores.get(source))).sort(
      (a, b) => b.score.predicted - a.score.predicted,
    ),
  };
}

function sourceAccuracy(
  { learnt, exclusive }: { readonly learnt: Scores; readonly exclusive: number },
  source: KeySource,
  score: Score | undefined,
): readonly SourceAccuracy[] {
  if (!score || score.predicted === 0) return [];
  const from = effectiveThreshold(source, exclusive, learnt);
  return [{ source, score, holdsFrom: Number.isFinite(from) ? from : null }];
}
