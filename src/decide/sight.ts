import type { Facts } from '../domain/facts.ts';
import type { TaskStatus } from '../domain/task.ts';
import { type Waits, waitsOf } from './blockers.ts';
import { type TaskView, viewTasks } from './lookup.ts';
import { statusesOf } from './status.ts';

/** Everything that is derived once for all that people see. */
export interface TrackingSight {
  readonly views: readonly TaskView[];
  readonly statuses: ReadonlyMap<TaskView, TaskStatus>;
  readonly gates: Waits;
}

export function sightOf(facts: Facts): TrackingSight {
  const views = viewTasks(facts);
  const gates = waitsOf(facts, views);
  return { views, gates, statuses: statusesOf(facts, views, gates) };
}
