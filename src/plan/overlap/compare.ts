import type {
  Comparison,
  KeySource,
  PredictedKey,
  Score,
  ScoreSubject,
  Scores,
} from '../../domain/overlap.ts';
import { together } from './forecast.ts';
import { push } from './groups.ts';
import { KeyIndex } from './key-index.ts';

/** What was predicted of a task beside what it really changed: for each source, for the keys held, and for those shown. */
export function compare(foreseen: readonly PredictedKey[], changed: readonly string[]): Comparison {
  const real = [...new Set(changed)].sort();
  const index = new KeyIndex<string>();
  for (const path of real) index.add(path, path);
  const covered = foreseen.map((predicted) => ({ predicted, paths: pathsUnder(index, predicted.key) }));
  const shown = covered.filter(({ predicted }) => predicted.level !== 'ignore');
  const found = new Set(shown.flatMap(({ paths }) => paths));
  return {
    scores: scoresOf(covered, real.length),
    hits: shown.filter(({ paths }) => paths.length > 0).map(({ predicted }) => predicted),
    wrong: shown.filter(({ paths }) => paths.length === 0).map(({ predicted }) => predicted),
    missed: real.filter((path) => !found.has(path)),
  };
}

const pathsUnder = (index: KeyIndex<string>, key: string): readonly string[] =>
  [...index.conflicting(key)].map(({ holder }) => holder);

interface Covered {
  readonly predicted: PredictedKey;
  /** The changed paths under its key. */
  readonly paths: readonly string[];
}

function scoresOf(covered: readonly Covered[], real: number): Scores {
  const groups = new Map<ScoreSubject, Expected[]>();
  for (const each of covered) {
    const { clues, confidence, level } = each.predicted;
    for (const source of new Set(clues.map((clue) => clue.source)))
      push(groups, source, { ...each, expected: expectedOf(each.predicted, source) });
    if (level === 'exclusive') push(groups, 'held', { ...each, expected: confidence });
    if (level !== 'ignore') push(groups, 'foreseen', { ...each, expected: confidence });
  }
  for (const whole of ['held', 'foreseen'] as const) if (!groups.has(whole)) groups.set(whole, []);
  return new Map([...groups].map(([subject, group]) => [subject, scoreOf(group, real)]));
}

interface Expected extends Covered {
  readonly expected: number;
}

const expectedOf = ({ clues }: PredictedKey, source: KeySource): number =>
  together(clues.filter((clue) => clue.source === source));

function scoreOf(group: readonly Expected[], real: number): Score {
  return {
    predicted: group.length,
    expected: group.reduce((sum, { expected }) => sum + Math.round(expected * 1e6), 0),
    hits: group.filter(({ paths }) => paths.length > 0).length,
    real,
    found: new Set(group.flatMap(({ paths }) => paths)).size,
  };
}
