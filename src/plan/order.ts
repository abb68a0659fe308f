import { at, type Rows, rowOf } from './sparse.ts';

/** Tasks with every blocker before its dependents, as far as there are no cycles (Kahn 1962). */
export function inOrder(blockers: Rows, dependents: Rows): Int32Array {
  const count = blockers.start.length - 1;
  const left = Int32Array.from(
    { length: count },
    (_, node) => at(blockers.start, node + 1) - at(blockers.start, node),
  );
  const order = new Int32Array(count);
  let end = 0;
  for (let node = 0; node < count; node++) if (at(left, node) === 0) order[end++] = node;
  for (let next = 0; next < end; next++) {
    for (const dependent of rowOf(dependents, at(order, next))) {
      left[dependent] = at(left, dependent) - 1;
      if (at(left, dependent) === 0) order[end++] = dependent;
    }
  }
  return order.subarray(0, end);
}
