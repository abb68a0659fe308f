import type { Facts, IssueFacts } from '../domain/facts.ts';
import type { Forecast, Overlap, OverlapThresholds, PredictedKey, Scores } from '../domain/overlap.ts';
import { DEFAULT_POLICY_DATA } from '../domain/policy.ts';
import { forecast } from '../plan/overlap/forecast.ts';
import { overlapsAmong } from '../plan/overlap/overlaps.ts';
import { currentTasks, policyOf, type TaskView } from './lookup.ts';

/**
 * What a task is predicted to change, surest first: as it was when the task took its keys, else by what is known now.
 * The keys of a task that works do not change with a text, a commit or what was learnt from others meanwhile.
 */
export const foreseenOf = (facts: Facts, view: TaskView): readonly PredictedKey[] =>
  forecastHeld(view)?.foreseen ?? foreseenNow(facts, view);

/** What the task took its keys by; null: it has none yet, has given them back, or began before such was kept. */
export const forecastHeld = ({ task, attempts }: TaskView): Forecast | null =>
  attempts.findLast((attempt) => attempt.forecast !== null && attempt.number > task.releasedAttempts)
    ?.forecast ?? null;

/** Every rule asks about every task, and the answer rests on these alone: it is found once for them. */
const judged = new WeakMap<IssueFacts, Judged>();

interface Judged {
  readonly learnt: Scores;
  readonly thresholds: OverlapThresholds;
  readonly foreseen: readonly PredictedKey[];
}

function foreseenNow(facts: Facts, { issue }: TaskView): readonly PredictedKey[] {
  if (!issue) return [];
  const { learnt } = facts.memory;
  const thresholds = policyOf(facts)?.overlap ?? DEFAULT_POLICY_DATA.overlap;
  const known = judged.get(issue);
  if (known?.learnt === learnt && known.thresholds === thresholds) return known.foreseen;
  const foreseen = forecast({ named: issue.keys, clues: issue.clues, learnt, thresholds });
  judged.set(issue, { learnt, thresholds, foreseen });
  return foreseen;
}

/** Where unfinished tasks of the repository may change the same thing. */
export function overlapsOf(facts: Facts, views: readonly TaskView[]): readonly Overlap[] {
  const unfinished = [...currentTasks(views).values()].filter(({ task }) => !task.ended);
  return overlapsAmong(new Map(unfinished.map((view) => [view.task.issue, foreseenOf(facts, view)])));
}
