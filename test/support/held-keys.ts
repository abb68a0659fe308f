import { holdsKeys, keysOf, reservedBy } from '../../src/decide/keys-held.ts';
import type { TaskView } from '../../src/decide/lookup.ts';
import type { Facts } from '../../src/domain/facts.ts';

export interface HeldKey {
  readonly key: string;
  readonly by: number;
  /** Really changed, and not one of the keys that the task took. */
  readonly strayed: boolean;
}

/** What keeps others from starting: the keys that tasks took, and what they have changed beside them. */
export const heldKeys = (facts: Facts, views: readonly TaskView[]): readonly HeldKey[] =>
  views.filter(holdsKeys).flatMap((view) => {
    const taken = new Set(keysOf(facts, view));
    const by = view.task.issue;
    return reservedBy(facts, view).map((key) => ({ key, by, strayed: !taken.has(key) }));
  });
