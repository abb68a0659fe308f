import type { GitRepository } from '../domain/ports/work.ts';
import { createGitRepository, type GitRepositoryOptions } from './git-repository.ts';
import { Hand } from './hand.ts';
import { type ClosableSurvey, type CodeSurveyOptions, createCodeSurvey } from './survey/code-survey.ts';

/** The coordinator's own git and its survey, which take turns in the same mirrors. */
export function openRepositories(options: GitRepositoryOptions & Omit<CodeSurveyOptions, 'hand'>): {
  readonly git: GitRepository;
  readonly survey: ClosableSurvey;
} {
  const hand = new Hand(options);
  return { git: createGitRepository(options, hand), survey: createCodeSurvey({ ...options, hand }) };
}
