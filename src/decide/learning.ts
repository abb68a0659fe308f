import type { Attempt } from '../domain/attempt.ts';
import type { Effect } from '../domain/effect.ts';
import type { Facts } from '../domain/facts.ts';
import type { Accuracy, Comparison, Scores } from '../domain/overlap.ts';
import { DEFAULT_POLICY_DATA } from '../domain/policy.ts';
import type { Run } from '../domain/run.ts';
import { accuracyOf } from '../plan/overlap/accuracy.ts';
import { compare } from '../plan/overlap/compare.ts';
import { replaced } from '../plan/overlap/scores.ts';
import { policyOf, type TaskView, viewTasks } from './lookup.ts';
import { forecastHeld } from './predicting.ts';
import type { Ruling } from './rule.ts';

/**
 * Compares what was predicted of a task with what its attempts changed, as soon as one of them has brought work home.
 * Its scores are kept as of a certain attempt and replaced when the next one is home, so an outcome that is told twice, or
 * again after a crash, counts once.
 */
export function learn(facts: Facts): Ruling {
  return { effects: viewTasks(facts).flatMap((view) => scoresOf(facts, view)) };
}

function scoresOf(facts: Facts, view: TaskView): readonly Effect[] {
  const { runId, issue } = view.task;
  const attempt = view.attempts.findLast(broughtWork)?.number;
  const known = facts.memory.scores.find((each) => each.runId === runId && each.issue === issue);
  if (attempt === undefined || (known && known.attempt >= attempt)) return [];
  const compared = comparisonOf(view);
  return compared ? [{ kind: 'score-task', scored: { runId, issue, attempt, scores: compared.scores } }] : [];
}

/** Null: nothing was predicted of it, or no work has come home. */
export function comparisonOf(view: TaskView): Comparison | null {
  const home = view.attempts.filter((each) => each.number > view.task.releasedAttempts && broughtWork(each));
  const held = forecastHeld(view);
  if (!held || home.length === 0) return null;
  return compare(
    held.foreseen,
    home.flatMap(({ outcome }) => outcome?.changedPaths ?? []),
  );
}

/** Half-done work of an attempt that ran out of time says nothing about the whole. */
const broughtWork = ({ outcome }: Attempt): boolean =>
  outcome !== null && outcome.bundle !== null && outcome.changedPaths.length > 0;

/** How right the predictions for the tasks of a run were; null where none has been compared. */
export function accuracyOfRun(facts: Facts, run: Run): Accuracy | null {
  const compared = facts.memory.scores.filter(({ runId }) => runId === run.id);
  return accuracyOf({
    scores: compared.reduce<Scores>((sum, { scores }) => replaced(sum, [], scores), new Map()),
    learnt: facts.memory.learnt,
    exclusive: (policyOf(facts)?.overlap ?? DEFAULT_POLICY_DATA.overlap).exclusive,
  });
}
