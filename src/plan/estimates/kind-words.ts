import type { TaskKind } from '../../domain/estimate.ts';

const table = (rows: Partial<Record<TaskKind, string>>): ReadonlyMap<string, TaskKind> =>
  new Map(KINDS.flatMap((kind) => (rows[kind]?.split(' ') ?? []).map((word) => [word, kind] as const)));

const KINDS: readonly TaskKind[] = [
  'test-coverage',
  'bug-fix',
  'feature',
  'refactoring',
  'documentation',
  'configuration',
];

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** In labels and prefixes. */
export const KIND_WORDS = table({
  'test-coverage': 'test tests testing coverage',
  'bug-fix': 'bug bugs bugfix fix fixes hotfix defect regression crash',
  feature: 'feature features feat enhancement enhancements',
  refactoring: 'refactor refactoring cleanup debt',
  documentation: 'documentation docs doc readme',
  configuration: 'configuration config ci build chore dependencies deps infrastructure',
});

/** Beside them in a label. */
export const FILLERS = words('type kind category c t new request report issue task tech technical code');

/** That begin a title. */
export const KIND_VERBS = table({
  'test-coverage': 'test cover',
  'bug-fix': 'fix repair correct resolve prevent',
  feature: 'add implement create build introduce support allow enable write provide make',
  refactoring:
    'refactor rename extract simplify restructure reorganize reorganise deduplicate inline modularize modularise',
  documentation: 'document describe explain',
  configuration: 'configure bump pin upgrade',
});

/** That say nothing by themselves. */
export const CHANGING_VERBS = words(
  'update improve extend expand increase remove delete drop change set adjust',
);

/** What a title is about. */
export const KIND_NOUNS = table({
  'test-coverage': 'test tests spec specs coverage',
  documentation: 'documentation docs doc readme changelog tutorial guide typo typos docstring docstrings',
  configuration:
    'configuration config ci pipeline workflow dependency dependencies deps dockerfile gitignore linter eslint tsconfig',
});

/** What it is about ends here. */
export const LINKS = words('for in to of on with from at by when if that so and as about against into');

/** Anywhere in a title. */
export const FAULTS = words(
  'bug bugs crash crashes crashed crashing broken regression fails failing leak leaks deadlock throws wrong incorrect incorrectly',
);
