import type { CodeMap } from '../../domain/code-map.ts';
import type { Overlap, OverlapThresholds, PredictedKey, Scores } from '../../domain/overlap.ts';
import { cluesOf } from './clues.ts';
import { indexOf } from './code-index.ts';
import { forecast } from './forecast.ts';
import { type IssueText, issueWords } from './issue-words.ts';
import { overlapsAmong } from './overlaps.ts';

export interface OverlapRequest {
  readonly issues: readonly IssueText[];
  /** Null: there is none, and named paths alone count. */
  readonly codeMap: CodeMap | null;
  /** What was learnt in this repository; an empty map: nothing. */
  readonly learnt: Scores;
  readonly thresholds: OverlapThresholds;
}

export interface PredictedOverlaps {
  /** By issue, surest first, those to be ignored included. What a task holds are its keys of the level `exclusive`. */
  readonly tasks: ReadonlyMap<number, readonly PredictedKey[]>;
  /** Pairs that may change the same thing: `exclusive` ones don't run side by side, `warn` ones are told. */
  readonly overlaps: readonly Overlap[];
  /** What the prediction could not look at, in words for people. */
  readonly gaps: readonly string[];
}

export const NO_CODE_MAP =
  'the repository’s files and history have not been read, so only paths that issues name count';

/** Predicts which exclusive keys issues will need, and where they meet. Pure; the order of the issues does not matter. */
export function predictOverlaps({ issues, codeMap, learnt, thresholds }: OverlapRequest): PredictedOverlaps {
  const index = codeMap && indexOf(codeMap);
  const tasks = new Map<number, readonly PredictedKey[]>();
  for (const issue of issues) {
    const words = issueWords(issue);
    const clues = index ? cluesOf(words, index) : [];
    tasks.set(issue.number, forecast({ named: words.named, clues, learnt, thresholds }));
  }
  return { tasks, overlaps: overlapsAmong(tasks), gaps: codeMap ? codeMap.gaps : [NO_CODE_MAP] };
}
