import { int, real } from '../graph/sparse.ts';

/** With more tasks, putting each where it belongs takes longer than sorting. */
const MOST_INSERTED = 400;

/** Tasks by rising key, then by number; those that are nearly in order in nearly linear time. */
export function sortByKey(order: Int32Array, key: Float64Array): Int32Array {
  if (order.length > MOST_INSERTED) return order.sort((a, b) => real(key, a) - real(key, b) || a - b);
  for (let index = 1; index < order.length; index++) {
    const task = int(order, index);
    const own = real(key, task);
    let place = index;
    for (; place > 0; place--) {
      const other = int(order, place - 1);
      if (real(key, other) < own || (real(key, other) === own && other < task)) break;
      order[place] = other;
    }
    order[place] = task;
  }
  return order;
}
