import type { Facts } from '../domain/facts.ts';
import { keysConflict } from '../plan/conflicts.ts';
import { policyKeys } from '../plan/keys.ts';
import type { TaskView } from './lookup.ts';
import { policyOf } from './lookup.ts';

/** The exclusive keys of a task: the paths that its issue names, and the policy's keys that cover one of them. */
export function keysOf(facts: Facts, view: TaskView): readonly string[] {
  const paths = view.issue?.keys.map((evidence) => evidence.key) ?? [];
  // No path holds a space after its first word and a colon like this, so a key's name never meets a path.
  const named = policyKeys(paths, policyOf(facts)?.keys ?? {}).map((name) => `key: ${name}`);
  return [...new Set([...paths, ...named])].toSorted();
}

/**
 * Whether a task holds its keys: from its first attempt until it ends. Not only while an agent runs: until the work is
 * on the default branch, another change of the same file would stand on a stale base and conflict.
 */
const holdsKeys = ({ task, attempts }: TaskView): boolean =>
  !task.ended && attempts.some((attempt) => attempt.number > task.releasedAttempts);

export interface HeldKey {
  readonly key: string;
  readonly by: number;
}

export const heldKeys = (facts: Facts, views: readonly TaskView[]): readonly HeldKey[] =>
  views.filter(holdsKeys).flatMap((view) => keysOf(facts, view).map((key) => ({ key, by: view.task.issue })));

/** The first held key that stands in the way of taking all of `wanted`; null: all are free (or one's own). */
export function conflictingKey(
  held: readonly HeldKey[],
  wanted: readonly string[],
  self: number,
): HeldKey | null {
  return held.find(({ key, by }) => by !== self && wanted.some((want) => keysConflict(key, want))) ?? null;
}
