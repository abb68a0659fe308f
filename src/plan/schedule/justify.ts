import { copied, ints, reals } from '../graph/arrays.ts';
import type { Instance } from '../graph/instance.ts';
import type { Ranking } from '../graph/ranks.ts';
import { sortByNumber } from '../graph/sort.ts';
import { listSchedule } from './floor.ts';
import type { Timetable } from './timetable.ts';

/**
 * Forward-backward improvement (double justification; Valls, Ballestín and Quintanilla 2005): everything is moved to
 * the right, last ends first, and then to the left again in the order of the starts that came out.
 */
export function justified(instance: Instance, ranking: Ranking, timetable: Timetable): Timetable {
  return listSchedule(instance, byTierAndEnd(ranking, lateStarts(instance, ranking, timetable)));
}

/** With everything moved to the right: how long before the end of all each task begins. */
export function lateStarts(instance: Instance, ranking: Ranking, timetable: Timetable): Float64Array {
  return listSchedule(reversed(instance), byEnd(ranking.order, timetable.end)).end;
}

/** The same tasks with time running backwards. What runs or is released at a certain time has no place in it. */
export function reversed(instance: Instance): Instance {
  const { blockers, dependents, topological, count } = instance;
  return {
    ...instance,
    blockers: dependents,
    dependents: blockers,
    topological: copied(topological).reverse(),
    release: reals(count),
    runsIn: ints(count).fill(-1),
  };
}

/** Last ends first: with time running backwards, blockers come after what waits for them. */
const byEnd = (order: Int32Array, end: Float64Array): Int32Array =>
  sortByNumber(copied(order).reverse(), end, -1);

const byTierAndEnd = ({ order, tier }: Ranking, end: Float64Array): Int32Array =>
  sortByNumber(sortByNumber(copied(order), end, -1), tier, -1);
