import type { FitTree } from './fit-tree.ts';
import type { KeyQueues } from './key-queues.ts';
import type { Room } from './room.ts';

/*
 * What the planner's simulation and the dispatcher have in common, so that what the plan says can start is what starts. A
 * ready task lies at its place in a tree, which finds the first one that workers and resources now allow; one whose key is
 * held parks at that key. When a key frees, one waiter is woken, and the next one if that does not start: no waiter sleeps
 * beside a free key, and nobody scans the waiting.
 */

/** Where tasks wait to start, and what they compete for. */
export interface Stage {
  readonly ready: FitTree;
  readonly room: Room;
  readonly keys: KeyQueues;
  taskAt(place: number): number;
  kindOf(task: number): number;
  /** Puts a task that waited for a key among the ready ones. */
  wake(task: number): void;
  /** Whether the task now waits for one of its keys. */
  parked(task: number, place: number): boolean;
  begin(task: number, pool: number): void;
}

/** Starts the first tasks in the order that can start, until none can. */
export function startAll(stage: Stage): void {
  const { ready, room, keys } = stage;
  const wake = (task: number): void => stage.wake(task);
  let woken = true;
  while (woken && room.free !== 0) {
    woken = keys.wakeMore(wake);
    let place = ready.first(0, room.free, room.left);
    while (place >= 0) {
      tryStart(stage, place);
      place = ready.first(place + 1, room.free, room.left);
    }
  }
}

function tryStart(stage: Stage, place: number): void {
  const task = stage.taskAt(place);
  const pool = stage.room.poolFor(stage.kindOf(task));
  if (pool < 0) return;
  stage.ready.clear(place);
  if (!stage.parked(task, place)) stage.begin(task, pool);
}
