import type { KeyEvidence } from '../../domain/facts.ts';
import type {
  KeyClue,
  KeyClues,
  KeySource,
  OverlapLevel,
  OverlapThresholds,
  PredictedKey,
  Scores,
} from '../../domain/overlap.ts';
import { keysConflict } from '../conflicts.ts';
import { calibrated } from './calibrate.ts';

/**
 * What all clues together come to: the paths that somebody named, at full confidence, and the predicted keys; surest
 * first, then by name. A predicted key inside a directory or glob that is named says nothing new and is left out.
 */
export function forecast(given: {
  readonly named: readonly KeyEvidence[];
  readonly clues: readonly KeyClues[];
  readonly learnt: Scores;
  readonly thresholds: OverlapThresholds;
}): readonly PredictedKey[] {
  const { named, clues, learnt, thresholds } = given;
  const wide = named.filter(({ key }) => !/\.[A-Za-z0-9]+$/.test(key) || key.includes('*'));
  const guessed = clues
    .filter(({ key }) => !named.some((each) => each.key === key))
    .filter(({ key }) => !wide.some((each) => keysConflict(each.key, key)))
    .map((each) => judge(each, learnt, thresholds));
  return [...named.map(certain), ...guessed].sort(surestFirst);
}

const certain = ({ key, quote }: KeyEvidence): PredictedKey => ({
  key,
  clues: [{ source: 'named', quote, via: null, confidence: 1 }],
  confidence: 1,
  level: 'exclusive',
});

function judge({ key, clues }: KeyClues, learnt: Scores, thresholds: OverlapThresholds): PredictedKey {
  const confidence = together(clues, (source, alone) => calibrated(source, alone, learnt));
  return { key, clues, confidence, level: levelOf(confidence, thresholds) };
}

/**
 * Noisy-or: the chance that at least one clue is right, each being right on its own account. First within each source,
 * then, each worth what `worth` says, over all sources.
 */
export function together(
  clues: readonly KeyClue[],
  worth: (source: KeySource, alone: number) => number = (_, alone) => alone,
): number {
  const doubts = new Map<KeySource, number>();
  for (const { source, confidence } of clues)
    doubts.set(source, (doubts.get(source) ?? 1) * (1 - confidence));
  let doubt = 1;
  for (const [source, left] of [...doubts].sort(([a], [b]) => (a < b ? -1 : 1)))
    doubt *= 1 - worth(source, 1 - left);
  return rounded(1 - doubt);
}

/** To a millionth: the order of floating-point sums must not decide about a threshold. */
const rounded = (confidence: number): number => Math.round(confidence * 1e6) / 1e6;

function levelOf(confidence: number, { exclusive, warn }: OverlapThresholds): OverlapLevel {
  if (confidence >= exclusive) return 'exclusive';
  return confidence >= warn ? 'warn' : 'ignore';
}

const surestFirst = (a: PredictedKey, b: PredictedKey): number =>
  b.confidence - a.confidence || (a.key < b.key ? -1 : 1);
