import type { KeyQueues } from './key-queues.ts';
import type { Room } from './room.ts';

/*
 * What the planner's simulation and the dispatcher have in common, so that what the plan says can start is what starts. A
 * ready task lies at its place in a tree, which finds the first one that workers and resources now allow; one whose key is
 * held parks at that key. When a key frees, its first waiter is woken, and the next one when that does not take the key,
 * but nobody behind the place where the next task starts: so the order holds, no waiter sleeps beside a free key, and
 * nobody scans the waiting.
 */

/** The places of ready tasks in the order, each with what it asks for. */
export interface ReadyPlaces {
  /** `bits`: one of them must be free. `amounts`: what it takes of each resource. */
  set(place: number, bits: number, amounts: Float64Array): void;
  clear(place: number): void;
  /** The first place from the given one on that fits what is free and left; or -1. */
  first(from: number, free: number, left: Float64Array): number;
}

/** Where tasks wait to start, and what they compete for. */
export interface Stage {
  readonly ready: ReadyPlaces;
  readonly room: Room;
  readonly keys: KeyQueues;
  taskAt(place: number): number;
  kindOf(task: number): number;
  /** Puts a task that waits for the key among the ready ones; one that does not is left where it is. */
  wake(task: number, key: number): void;
  /** Whether the task now waits for one of its keys. */
  parked(task: number, place: number): boolean;
  begin(task: number, pool: number): void;
}

/** Starts the first tasks in the order that can start, until none can. */
export function startAll(stage: Stage): void {
  const { ready, room, keys } = stage;
  const wake = (task: number, key: number): void => stage.wake(task, key);
  let from = 0;
  while (room.free !== 0) {
    const place = ready.first(from, room.free, room.left);
    const waiter = keys.firstWaiter();
    if (waiter >= 0 && (place < 0 || waiter < place)) {
      keys.wakeFirst(wake);
      from = Math.min(from, waiter);
    } else if (place < 0) return;
    else {
      tryStart(stage, place);
      from = place + 1;
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
