import { int, real } from '../graph/sparse.ts';

/** Tasks on one resource, with what each must wait for and what must follow it. */
export interface Load {
  readonly tasks: Int32Array;
  /** Minutes before a task can start, and after its end to the end of everything; by task. */
  readonly head: Float64Array;
  readonly tail: Float64Array;
  /** Minutes times the amount that a task takes of the resource; by place in `tasks`. */
  readonly energy: Float64Array;
  /** The amount that there is of it; 1 for a key. */
  readonly capacity: number;
}

/**
 * The largest, over all sets of these tasks, of least head + energy over capacity + least tail. With a capacity of 1 it
 * is the length of Jackson's preemptive schedule (Carlier 1982). In O(n log n): the tasks join by falling tail, and a
 * tree over the heads knows the best set among those that have joined (a theta tree, Vilím 2004).
 */
export function loadBound(load: Load): number {
  const { tasks, head, tail, energy, capacity } = load;
  const byHead = sortedBy(tasks, head, 1);
  const byTail = sortedBy(tasks, tail, -1);
  const leafOf = new Int32Array(tasks.length);
  for (let leaf = 0; leaf < byHead.length; leaf++) leafOf[int(byHead, leaf)] = leaf;
  const tree = new HeadTree(tasks.length);
  let bound = 0;
  for (let index = 0; index < byTail.length; index++) {
    const place = int(byTail, index);
    const task = int(tasks, place);
    tree.add(int(leafOf, place), capacity * real(head, task), real(energy, place));
    bound = Math.max(bound, tree.most / capacity + real(tail, task));
  }
  return bound;
}

/** Places in `tasks`, by a number of the task. */
function sortedBy(tasks: Int32Array, number: Float64Array, direction: 1 | -1): Int32Array {
  const places = tasks.map((_, place) => place);
  return places.sort(
    (a, b) => direction * (real(number, int(tasks, a)) - real(number, int(tasks, b))) || a - b,
  );
}

class HeadTree {
  private readonly leaves: number;
  private readonly energy: Float64Array;
  /** The best of earliest start times capacity plus energy, over the sets below each node. */
  private readonly envelope: Float64Array;

  constructor(size: number) {
    this.leaves = 2 ** Math.ceil(Math.log2(Math.max(1, size)));
    this.energy = new Float64Array(2 * this.leaves);
    this.envelope = new Float64Array(2 * this.leaves).fill(Number.NEGATIVE_INFINITY);
  }

  get most(): number {
    return real(this.envelope, 1);
  }

  add(leaf: number, earliest: number, energy: number): void {
    let node = this.leaves + leaf;
    this.energy[node] = energy;
    this.envelope[node] = earliest + energy;
    for (node >>= 1; node > 0; node >>= 1) {
      const right = real(this.energy, 2 * node + 1);
      this.energy[node] = real(this.energy, 2 * node) + right;
      const across = real(this.envelope, 2 * node) + right;
      const later = real(this.envelope, 2 * node + 1);
      this.envelope[node] = across > later ? across : later;
    }
  }
}
