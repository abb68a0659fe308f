import type { RunId } from './ids.ts';

/** Which exclusive keys a task is predicted to need, and what that rests on. */

/** Where a clue comes from: each kind is right more or less often, which is learnt for each repository. */
export const KEY_SOURCES = [
  'named',
  'identifier',
  'package',
  'package-label',
  'importer',
  'import',
  'owner',
  'co-change',
  'lock-file',
  'migration',
  'often-changed',
] as const;
export type KeySource = (typeof KEY_SOURCES)[number];

/** One reason to think that a task will change something. */
export interface KeyClue {
  readonly source: KeySource;
  /** The words of the issue with which it begins; empty where it takes none. */
  readonly quote: string;
  /** The file by way of which the key was reached; null: directly. */
  readonly via: string | null;
  /** 0 to 1, as built in: before anything was learnt here. */
  readonly confidence: number;
}

/** A key with all that speaks for it. */
export interface KeyClues {
  readonly key: string;
  readonly clues: readonly KeyClue[];
}

/** `exclusive`: held, and enforced. `warn`: shown where two tasks share it. `ignore`: kept to learn from. */
export type OverlapLevel = 'exclusive' | 'warn' | 'ignore';

export interface PredictedKey extends KeyClues {
  /** 0 to 1, of all clues together, with what was learnt here. */
  readonly confidence: number;
  readonly level: OverlapLevel;
}

/** The policy's `overlap`: confidences from which a key counts. */
export interface OverlapThresholds {
  readonly exclusive: number;
  readonly warn: number;
}

/** What was predicted of a task when it took its keys: kept with the attempt, so that they stay the same while it works. */
export interface Forecast {
  /** Held until the task ends; sorted. */
  readonly keys: readonly string[];
  readonly foreseen: readonly PredictedKey[];
}

/** What is counted apart: each source, the keys that were held, and those that were at least shown. */
export type ScoreSubject = KeySource | 'held' | 'foreseen';

/** Predictions beside what was really changed. */
export interface Score {
  /** Keys that were predicted. */
  readonly predicted: number;
  /** How many of these were to come true by their built-in confidence, in millionths: whole, so that sums are exact. */
  readonly expected: number;
  /** Predicted keys under which something was changed: precision is `hits / predicted`. */
  readonly hits: number;
  /** Paths that were changed. */
  readonly real: number;
  /** Changed paths that a predicted key covers: recall is `found / real`. */
  readonly found: number;
}

export type Scores = ReadonlyMap<ScoreSubject, Score>;

/** What was predicted of one task beside what it changed. */
export interface TaskScores {
  readonly runId: RunId;
  readonly issue: number;
  /** The last attempt whose changes are taken into account: compared anew, the scores replace these. */
  readonly attempt: number;
  readonly scores: Scores;
}

/** What was predicted of a task, as far as it was at least shown, beside what it changed. */
export interface Comparison {
  readonly scores: Scores;
  /** Under these keys something was changed. */
  readonly hits: readonly PredictedKey[];
  /** Under these nothing was. */
  readonly wrong: readonly PredictedKey[];
  /** Changed paths that no key covers. */
  readonly missed: readonly string[];
}

/** How right predictions were, and what follows from it. */
export interface Accuracy {
  readonly foreseen: Score;
  readonly held: Score;
  /** The most used first. */
  readonly sources: readonly SourceAccuracy[];
}

export interface SourceAccuracy {
  readonly source: KeySource;
  readonly score: Score;
  /** The built-in confidence from which a clue of this source alone holds a key now; null: it never does. */
  readonly holdsFrom: number | null;
}

/** Two tasks that may change the same thing. */
export interface Overlap {
  /** The smaller number first. */
  readonly issues: readonly [number, number];
  /** As each of them has it: they conflict, and may differ where one is a directory or a glob. */
  readonly keys: readonly [PredictedKey, PredictedKey];
  /** `exclusive`: they don't run side by side. */
  readonly level: Exclude<OverlapLevel, 'ignore'>;
  /** That both come true: the product of both confidences. */
  readonly confidence: number;
}
