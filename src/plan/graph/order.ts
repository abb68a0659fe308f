import { ints } from './arrays.ts';
import { int, type Rows } from './sparse.ts';

/** Tasks with every blocker before its dependents, as far as there are no cycles (Kahn 1962). */
export function inOrder(blockers: Rows, dependents: Rows): Int32Array {
  const count = blockers.start.length - 1;
  const left = rowSizes(blockers);
  const order = ints(count);
  let end = 0;
  for (let node = 0; node < count; node++) if (int(left, node) === 0) order[end++] = node;
  for (let next = 0; next < end; next++) {
    const node = int(order, next);
    const stop = int(dependents.start, node + 1);
    for (let place = int(dependents.start, node); place < stop; place++) {
      const dependent = int(dependents.items, place);
      const open = int(left, dependent) - 1;
      left[dependent] = open;
      if (open === 0) order[end++] = dependent;
    }
  }
  return order.subarray(0, end);
}

export function rowSizes({ start }: Rows): Int32Array {
  const sizes = ints(start.length - 1);
  for (let row = 0; row < sizes.length; row++) sizes[row] = int(start, row + 1) - int(start, row);
  return sizes;
}
