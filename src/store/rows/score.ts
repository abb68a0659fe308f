import type { Insertable, Selectable } from 'kysely';
import { KEY_SOURCES, type Score, type ScoreSubject, type TaskScores } from '../../domain/overlap.ts';
import type { ScoreTable } from '../schema.ts';

export const scoreRows = (
  { runId, issue, attempt, scores }: TaskScores,
  repositoryId: number,
): readonly Insertable<ScoreTable>[] =>
  [...scores].map(([subject, score]) => ({
    repository_id: repositoryId,
    run_id: runId,
    issue,
    subject,
    attempt,
    predicted: score.predicted,
    expected: score.expected,
    hits: score.hits,
    real_paths: score.real,
    found_paths: score.found,
  }));

type Numbers = 'predicted' | 'expected' | 'hits' | 'real_paths' | 'found_paths';

/** Null: of a subject that this version does not know. */
export function readScore(
  row: Pick<Selectable<ScoreTable>, 'subject' | Numbers>,
): readonly [ScoreSubject, Score] | null {
  const subject = SUBJECTS.find((known) => known === row.subject);
  if (subject === undefined) return null;
  const { predicted, expected, hits, real_paths: real, found_paths: found } = row;
  return [subject, { predicted, expected, hits, real, found }];
}

const SUBJECTS: readonly ScoreSubject[] = [...KEY_SOURCES, 'held', 'foreseen'];
