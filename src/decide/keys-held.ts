import type { Attempt } from '../domain/attempt.ts';
import type { Facts } from '../domain/facts.ts';
import type { Forecast } from '../domain/overlap.ts';
import { keysConflict } from '../plan/conflicts.ts';
import { policyKeys } from '../plan/keys.ts';
import type { TaskView } from './lookup.ts';
import { policyOf, pushOf } from './lookup.ts';
import { forecastHeld, foreseenOf } from './predicting.ts';

/**
 * The exclusive keys of a task: the paths that its issue names, those that it will change as good as certainly, and the
 * policy's keys that cover one of them. From its first attempt on they are the ones that it took then.
 */
export function keysOf(facts: Facts, view: TaskView): readonly string[] {
  return forecastHeld(view)?.keys ?? keysNow(facts, view);
}

/** What a task takes with a new attempt: null where it has its keys already. */
export const claimOf = (facts: Facts, view: TaskView): Forecast | null =>
  holdsKeys(view) ? null : { keys: keysNow(facts, view), foreseen: foreseenOf(facts, view) };

function keysNow(facts: Facts, view: TaskView): readonly string[] {
  // Work that began before predictions were kept holds what its issue names, and nothing that came up since.
  const paths = holdsKeys(view)
    ? (view.issue?.keys.map(({ key }) => key) ?? [])
    : foreseenOf(facts, view).flatMap(({ key, level }) => (level === 'exclusive' ? [key] : []));
  // No path holds a space after its first word and a colon like this, so a key's name never meets a path.
  const named = policyKeys(paths, policyOf(facts)?.keys ?? {}).map((name) => `key: ${name}`);
  return [...new Set([...paths, ...named])].toSorted();
}

/**
 * Whether a task holds its keys: from its first attempt until it ends. Not only while an agent runs: until the work is
 * on the default branch, another change of the same file would stand on a stale base and conflict.
 */
export const holdsKeys = ({ task, attempts }: TaskView): boolean =>
  !task.ended && attempts.some((attempt) => attempt.number > task.releasedAttempts);

/**
 * Keys and really changed paths of a task: what keeps others from starting, and what a later one has to stand on. Who has
 * begun waits for nobody's changed paths, or two that have strayed into each other's files would wait for ever.
 */
export const reservedBy = (facts: Facts, view: TaskView): readonly string[] => [
  ...new Set([...keysOf(facts, view), ...changedPaths(facts, view)]),
];

/** More paths than these are named by their directories. */
const MOST_PATHS = 300;

/** What the task's work has really changed since it took its keys, in all of its attempts that came home. */
function changedPaths(facts: Facts, { task, attempts }: TaskView): readonly string[] {
  const counted = attempts.filter((attempt) => attempt.number > task.releasedAttempts);
  const paths = new Set(counted.flatMap((attempt) => pathsOf(facts, attempt)));
  if (paths.size <= MOST_PATHS) return [...paths];
  return [...new Set([...paths].map((path) => path.replace(/[^/]*$/, '**')))];
}

/** As the coordinator's own git found them, else as the worker says. */
function pathsOf(facts: Facts, attempt: Attempt): readonly string[] {
  const push = pushOf(facts, attempt);
  if (push?.kind === 'pushed') return push.changed;
  return attempt.outcome?.bundle ? attempt.outcome.changedPaths : [];
}

export interface HeldKey {
  readonly key: string;
  readonly by: number;
}

/** The first held key that stands in the way of taking all of `wanted`; null: all are free (or one's own). */
export function conflictingKey(
  held: readonly HeldKey[],
  wanted: readonly string[],
  self: number,
): HeldKey | null {
  return held.find(({ key, by }) => by !== self && wanted.some((want) => keysConflict(key, want))) ?? null;
}
