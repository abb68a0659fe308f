import type { PlanProblem } from '../../domain/plan.ts';
import { ints } from '../graph/arrays.ts';
import type { WorkerPool } from '../graph/instance.ts';
import type { Special } from './read-tasks.ts';

/** The slot in which each running task runs, or -1; and the tasks for whose worker there is no such slot. */
export function slotsOfRunning(
  pools: readonly WorkerPool[],
  { tasks, numbers }: Special,
  count: number,
): { readonly runsIn: Int32Array; readonly problems: readonly PlanProblem[] } {
  const runsIn = ints(count).fill(-1);
  const problems: PlanProblem[] = [];
  if (!tasks.some(({ runningOn }) => runningOn !== undefined)) return { runsIn, problems };
  const free = freeSlots(pools);
  for (const [index, { id, runningOn }] of tasks.entries()) {
    if (runningOn === undefined) continue;
    const slot = free.get(runningOn)?.shift();
    if (slot === undefined) problems.push(noSlot(String(id), runningOn));
    else runsIn[numbers[index] ?? 0] = slot;
  }
  return { runsIn, problems };
}

function freeSlots(pools: readonly WorkerPool[]): ReadonlyMap<string, number[]> {
  const free = new Map<string, number[]>();
  for (const { first, slots } of pools) {
    for (const [index, worker] of slots.entries()) {
      const own = free.get(worker) ?? [];
      own.push(first + index);
      free.set(worker, own);
    }
  }
  return free;
}

function noSlot(id: string, worker: string): PlanProblem {
  const message = `${JSON.stringify(id)} runs on ${JSON.stringify(worker)}, which is no worker or has no slot left`;
  return { kind: 'unmet-requirement', id, message };
}
