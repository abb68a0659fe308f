import type { Effect } from '../domain/effect.ts';
import { labelOf, STATE_LABELS } from '../render/states.ts';
import { labelsKey } from './keys.ts';
import { currentTasks, type TaskView } from './lookup.ts';
import type { Ruling } from './rule.ts';
import type { TrackingSight } from './sight.ts';

/** The `parallel:*` label of every task's issue follows its state; never the other way round. */
export function projectLabels(sight: TrackingSight): Ruling {
  return { effects: [...currentTasks(sight.views).values()].flatMap((view) => projectLabel(sight, view)) };
}

function projectLabel(sight: TrackingSight, view: TaskView): readonly Effect[] {
  const { task, issue } = view;
  const status = sight.statuses.get(view);
  if (!status || !issue || !view.run.plan) return [];
  const wanted = labelOf(status);
  const shown = issue.issue.labels.filter((label) => STATE_LABELS.some((known) => known === label));
  const remove = shown.filter((label) => label !== wanted);
  const add = wanted && !shown.includes(wanted) ? [wanted] : [];
  if (add.length + remove.length === 0) return [];
  const key = labelsKey(task.runId, task.issue);
  return [{ kind: 'set-labels', key, runId: task.runId, mode: 'level', issue: task.issue, add, remove }];
}
