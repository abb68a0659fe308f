import type { Attempt } from '../domain/attempt.ts';
import type { TaskView } from './lookup.ts';

const MINUTE_MS = 60_000;

/** What a run really took, from its own attempts: never estimated. Minutes; null where nothing was measured. */
export function measure(views: readonly TaskView[]): {
  wallMinutes: number | null;
  sumMinutes: number | null;
} {
  const landed = views.filter((view) => view.task.ended?.as === 'landed');
  const started = views.flatMap((view) => view.attempts.flatMap((attempt) => attempt.startedAt ?? []));
  const landedAt = landed.flatMap((view) => view.task.ended?.at ?? []);
  const wall =
    started.length > 0 && landedAt.length > 0 ? Math.max(...landedAt) - Math.min(...started) : null;
  const parts = landed.flatMap((view) => minutesOf(view.attempts) ?? []);
  return {
    wallMinutes: wall === null ? null : wall / MINUTE_MS,
    sumMinutes: parts.length > 0 ? parts.reduce((sum, part) => sum + part, 0) : null,
  };
}

/** Agent and verify time of some attempts; null where none came back. */
export function minutesOf(attempts: readonly Attempt[]): number | null {
  const outcomes = attempts.flatMap((attempt) => attempt.outcome ?? []);
  if (outcomes.length === 0) return null;
  return outcomes.reduce((sum, outcome) => sum + outcome.agentMs + outcome.verifyMs, 0) / MINUTE_MS;
}
