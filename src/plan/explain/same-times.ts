import { sortByNumber } from '../graph/sort.ts';
import { int, real } from '../graph/sparse.ts';

/** Of the last time: sums of the same minutes in other orders differ by less, and no task is so short. */
const ROUNDING = 2 ** -40;

/**
 * Times with those that differ by no more than rounding made one: 0.1 + 0.2 is then the same moment as 0.3, and whoever
 * compares them need not think of it. All lists have the same length.
 */
export function sameTimes(lists: readonly Float64Array[]): readonly Float64Array[] {
  const length = lists[0]?.length ?? 0;
  const times = new Float64Array(lists.length * length);
  for (const [index, list] of lists.entries()) times.set(list, index * length);
  const order = new Int32Array(times.length);
  for (let place = 0; place < order.length; place++) order[place] = place;
  sortByNumber(order, times, 1);
  const apart = ROUNDING * real(times, int(order, order.length - 1));
  let moment = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < order.length; index++) {
    const place = int(order, index);
    if (real(times, place) > moment + apart) moment = real(times, place);
    else times[place] = moment;
  }
  return lists.map((_, index) => times.subarray(index * length, (index + 1) * length));
}
