import { didYouMean } from '../../domain/did-you-mean.ts';

/** A field that nothing reads, and the one that was most likely meant. */
export interface Misspelt {
  readonly of: 'request' | 'task' | 'worker';
  readonly field: string;
  readonly meant: string;
  /** How many have it. */
  readonly count: number;
}

/**
 * Fields of a request in any form whose names are nearly those that are read, or words for them. Other unknown fields
 * are somebody else's.
 */
export function misspeltFields(request: unknown): readonly Misspelt[] {
  const { tasks, workers } = isObject(request) ? request : {};
  return [
    ...misspelt('request', [request]),
    ...misspelt('task', Array.isArray(tasks) ? tasks : []),
    ...misspelt('worker', Array.isArray(workers) ? workers : []),
  ];
}

const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null;

function misspelt(of: Misspelt['of'], holders: readonly unknown[]): readonly Misspelt[] {
  const known = FIELDS[of];
  const counts = new Map<string, number>();
  for (const holder of holders) {
    if (!isObject(holder) || Array.isArray(holder)) continue;
    for (const field in holder) if (!known.includes(field)) counts.set(field, (counts.get(field) ?? 0) + 1);
  }
  return [...counts].flatMap(([field, count]) => {
    const meant = meantBy(field, known);
    return meant === null ? [] : [{ of, field, meant, count }];
  });
}

/** `instruction` is for agents: the planner does not look at it. */
const FIELDS: Readonly<Record<Misspelt['of'], readonly string[]>> = {
  request: ['tasks', 'workers', 'capacity'],
  task: [
    'id',
    'title',
    'duration',
    'deps',
    'exclusiveKeys',
    'priority',
    'requires',
    'demand',
    'notBefore',
    'runningOn',
    'instruction',
  ],
  worker: ['id', 'capabilities', 'slots'],
};

/** What other planners call the same. */
const OTHER_NAMES: ReadonlyMap<string, string> = new Map([
  ['dependencies', 'deps'],
  ['dependson', 'deps'],
  ['depends', 'deps'],
  ['dep', 'deps'],
  ['blockedby', 'deps'],
  ['needs', 'deps'],
  ['minutes', 'duration'],
  ['estimate', 'duration'],
  ['locks', 'exclusiveKeys'],
  ['keys', 'exclusiveKeys'],
  ['name', 'title'],
  ['resources', 'capacity'],
]);

function meantBy(field: string, known: readonly string[]): string | null {
  const other = OTHER_NAMES.get(field.toLowerCase().replaceAll(/[-_]/g, ''));
  if (other !== undefined && known.includes(other)) return other;
  // Two letters are near to everything.
  return field.length < 4 ? null : didYouMean(field, known);
}
