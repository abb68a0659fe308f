import { ints } from '../graph/arrays.ts';
import { int, real } from '../graph/sparse.ts';

/** Running tasks, the first to end on top; of those that end together, the one with the least number. */
export class EndHeap {
  size = 0;
  private readonly items: Int32Array;
  private readonly end: Float64Array;

  constructor(end: Float64Array) {
    this.end = end;
    this.items = ints(end.length);
  }

  get top(): number {
    return this.size === 0 ? -1 : int(this.items, 0);
  }

  push(task: number): void {
    const { items } = this;
    let place = this.size++;
    while (place > 0) {
      const parent = (place - 1) >> 2;
      const above = int(items, parent);
      if (!this.before(task, above)) break;
      items[place] = above;
      place = parent;
    }
    items[place] = task;
  }

  /** Takes the top away. */
  pop(): void {
    const { items } = this;
    const last = int(items, --this.size);
    let place = 0;
    for (let child = this.leastChild(0); child >= 0; child = this.leastChild(place)) {
      const below = int(items, child);
      if (!this.before(below, last)) break;
      items[place] = below;
      place = child;
    }
    items[place] = last;
  }

  private leastChild(place: number): number {
    const first = 4 * place + 1;
    const end = Math.min(first + 4, this.size);
    if (first >= end) return -1;
    let least = first;
    for (let child = first + 1; child < end; child++)
      if (this.before(int(this.items, child), int(this.items, least))) least = child;
    return least;
  }

  private before(a: number, b: number): boolean {
    const left = real(this.end, a);
    const right = real(this.end, b);
    return left < right || (left === right && a < b);
  }
}
