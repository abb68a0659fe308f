import type { PlanTask } from '../../domain/plan.ts';
import { PRIORITIES, type Priority } from '../../domain/task.ts';
import { priorMinutesOf } from '../estimates/profile.ts';
import { reals } from '../graph/arrays.ts';
import type { Instance } from '../graph/instance.ts';
import { int } from '../graph/sparse.ts';
import type { NumberedIds } from './number-ids.ts';

/** Tasks that need more than any worker and some time, in the order of their numbers; and these numbers. */
export interface Special {
  readonly tasks: readonly PlanTask[];
  readonly numbers: readonly number[];
}

export interface TasksRead {
  readonly times: Pick<Instance, 'duration' | 'tier' | 'release'>;
  readonly special: Special;
}

/** In the order of the input: its objects lie side by side in memory, and numbers are written anywhere at less cost. */
export function readTasks(given: readonly PlanTask[], { ids, numbers }: NumberedIds): TasksRead {
  const count = ids.length;
  const duration = reals(count);
  const tier = reals(count).fill(tierOf());
  const release = reals(count);
  const special: number[] = [];
  for (let place = 0; place < given.length; place++) {
    const task = given[place];
    if (task === undefined) continue;
    const number = int(numbers, place);
    duration[number] = task.duration ?? priorMinutesOf(task.title);
    if (task.priority !== undefined) tier[number] = tierOf(task.priority);
    if (task.notBefore !== undefined && task.runningOn === undefined) release[number] = task.notBefore;
    if (isSpecial(task)) special.push(place);
  }
  return { times: { duration, tier, release }, special: inOrderOfNumbers(given, numbers, special) };
}

/** The words are the tiers 0 to 3, so that numbers fit between and beyond; absent is medium. */
export const tierOf = (priority: Priority | number = 'medium'): number =>
  typeof priority === 'number' ? priority : PRIORITIES.indexOf(priority);

const isSpecial = ({ requires, demand, runningOn, exclusiveKeys }: PlanTask): boolean =>
  requires !== undefined ||
  demand !== undefined ||
  runningOn !== undefined ||
  (exclusiveKeys !== undefined && exclusiveKeys.length > 0);

function inOrderOfNumbers(given: readonly PlanTask[], numbers: Int32Array, places: number[]): Special {
  places.sort((a, b) => int(numbers, a) - int(numbers, b));
  return {
    tasks: places.flatMap((place) => given[place] ?? []),
    numbers: places.map((place) => int(numbers, place)),
  };
}
