import { copied } from '../graph/arrays.ts';
import type { Ranking } from '../graph/ranks.ts';
import { sortByNumber } from '../graph/sort.ts';
import type { Timetable } from './timetable.ts';

/** A timetable, and the priority order that stands for it. */
export interface Solution {
  readonly order: Int32Array;
  readonly timetable: Timetable;
}

/** Sums of the same minutes in different orders differ by rounding: as much as this does not count. */
const ROUNDING = 1e-9;

/** Whether nothing can be shorter, as far as the bound knows. */
export const isOptimal = ({ timetable }: Pick<Solution, 'timetable'>, bound: number): boolean =>
  timetable.makespan <= bound * (1 + ROUNDING);

export const isShorter = (a: Timetable, b: Timetable): boolean => a.makespan < b.makespan * (1 - ROUNDING);

/** The tasks by their starts, tiers first: blockers stay before their dependents. */
export function orderByStart(
  { order, tier }: Pick<Ranking, 'order' | 'tier'>,
  start: Float64Array,
): Int32Array {
  return sortByNumber(sortByNumber(copied(order), start, 1), tier, -1);
}
