import type { CodeMap } from '../domain/code-map.ts';
import type { IssueFacts, Memory, SurveyFact, World } from '../domain/facts.ts';
import type { Issue } from '../domain/issue.ts';
import type { KeyClues } from '../domain/overlap.ts';
import type { CodeSurvey } from '../domain/ports/code-survey.ts';
import type { Repository } from '../domain/repository.ts';
import { cluesOf } from '../plan/overlap/clues.ts';
import { type CodeIndex, indexOf } from '../plan/overlap/code-index.ts';
import { issueWords } from '../plan/overlap/issue-words.ts';
import { NO_CODE_MAP } from '../plan/overlap/predict-overlaps.ts';

/** Reads nothing: named paths alone count. */
export const NO_SURVEY: CodeSurvey = { survey: async () => null };

/** Only where somebody asks for work: a survey needs the whole repository on this machine. */
export async function surveyFor(given: {
  readonly survey: CodeSurvey;
  readonly repository: Repository;
  readonly memory: Memory;
  readonly labelled: readonly Issue[];
}): Promise<CodeMap | null> {
  const isAsked = given.labelled.length > 0 || given.memory.runs.length > 0;
  return isAsked ? await given.survey.survey(given.repository) : null;
}

export const surveyFact = (map: CodeMap | null): SurveyFact =>
  map ? { commit: map.commit, gaps: map.gaps } : { commit: null, gaps: [NO_CODE_MAP] };

/** The index of a map is as large as the map: it is made once, and goes with it. */
const indexes = new WeakMap<CodeMap, CodeIndex>();

function indexFor(map: CodeMap): CodeIndex {
  const index = indexes.get(map) ?? indexOf(map);
  indexes.set(map, index);
  return index;
}

/** What an issue is likely to change; as the last look found it where neither its words nor the code have changed. */
export function cluesFor(given: {
  readonly map: CodeMap | null;
  readonly facts: Omit<IssueFacts, 'clues'>;
  readonly previous: World | null;
}): readonly KeyClues[] {
  const { map, facts, previous } = given;
  if (!map || facts.issue.state !== 'open' || facts.subIssues.length > 0) return [];
  const before = previous?.issues.get(facts.issue.number);
  const isSame =
    before?.issue.state === 'open' &&
    before.subIssues.length === 0 &&
    previous?.survey.commit === map.commit &&
    before.textHash === facts.textHash &&
    before.issue.labels.join('\n') === facts.issue.labels.join('\n');
  return before && isSame ? before.clues : cluesOf(issueWords(facts.issue), indexFor(map));
}
