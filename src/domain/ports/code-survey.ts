import type { CodeMap } from '../code-map.ts';
import type { Repository } from '../repository.ts';

/** What a repository's files and history say, read in the coordinator's own mirror. */
export interface CodeSurvey {
  /**
   * The map of the default branch, as new as a minute ago; nothing is read where its commit stayed the same, and then the
   * same object is answered. Waits a few seconds for the first map, then answers null; while a newer one is made it answers
   * the one before. Whoever opened the survey is told once the new one is there. Never rejects: a repository that
   * cannot be surveyed is logged, and everything goes on without a map.
   */
  survey(repository: Repository): Promise<CodeMap | null>;
}

/** What is worth a line in the log. */
export type SurveyEvent =
  /** Every second, while sources are parsed; `of` is 0 while git is asked. */
  | { readonly kind: 'progress'; readonly repository: Repository; readonly done: number; readonly of: number }
  | { readonly kind: 'made'; readonly repository: Repository; readonly map: CodeMap; readonly ms: number }
  | { readonly kind: 'failed'; readonly repository: Repository; readonly error: unknown };
