import type { Facts } from '../domain/facts.ts';
import type { TaskStatus } from '../domain/task.ts';
import { type Waits, waitsOf } from './blockers.ts';
import { type TaskView, viewTasks } from './lookup.ts';
import { statusesOf } from './status.ts';

/** Everything that is derived once for all that people see. */
export interface TrackingSight {
  readonly views: readonly TaskView[];
  readonly statuses: ReadonlyMap<number, TaskStatus>;
  readonly gates: Waits;
}

export function sightOf(facts: Facts): TrackingSight {
  const views = viewTasks(facts);
  return { views, statuses: statusesOf(facts), gates: waitsOf(facts, views) };
}
