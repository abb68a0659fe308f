import type { Facts } from '../domain/facts.ts';
import { pathMatches } from '../plan/conflicts.ts';
import { policyOf, pushOf, type TaskView } from './lookup.ts';

/**
 * Protected paths that the task's pushed work changes and that no person has approved since its last push. What the
 * coordinator's own git found counts, not what a worker says.
 */
export function unapprovedPaths(facts: Facts, view: TaskView): readonly string[] {
  const pushed = view.attempts.flatMap((attempt) => {
    const push = pushOf(facts, attempt);
    return push?.kind === 'pushed' ? [{ number: attempt.number, changed: push.changed }] : [];
  });
  if ((pushed.at(-1)?.number ?? 0) <= view.task.approvedAttempts) return [];
  const patterns = policyOf(facts)?.protected ?? [];
  const changed = new Set(pushed.flatMap((push) => push.changed));
  return [...changed].filter((path) => patterns.some((pattern) => pathMatches(path, pattern)));
}
