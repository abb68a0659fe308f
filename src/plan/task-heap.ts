import { at, type Numbers } from './sparse.ts';

/** A heap of numbers with the least on top, by the weight that the array gives to each; equal weights by number. */
export class TaskHeap {
  private readonly items: number[] = [];
  private readonly weight: Numbers;

  constructor(weight: Numbers) {
    this.weight = weight;
  }

  get size(): number {
    return this.items.length;
  }

  get top(): number | undefined {
    return this.items[0];
  }

  push(item: number): void {
    let place = this.items.length;
    while (place > 0) {
      const parent = (place - 1) >> 2;
      const above = this.items[parent] ?? 0;
      if (!this.before(item, above)) break;
      this.items[place] = above;
      place = parent;
    }
    this.items[place] = item;
  }

  pop(): number | undefined {
    const top = this.items[0];
    const last = this.items.pop();
    if (last !== undefined && this.items.length > 0) this.sink(last);
    return top;
  }

  private sink(item: number): void {
    let place = 0;
    for (let child = this.leastChild(place); child >= 0; child = this.leastChild(place)) {
      const below = this.items[child] ?? 0;
      if (!this.before(below, item)) break;
      this.items[place] = below;
      place = child;
    }
    this.items[place] = item;
  }

  private leastChild(place: number): number {
    const first = 4 * place + 1;
    const end = Math.min(first + 4, this.items.length);
    let least = first < end ? first : -1;
    for (let child = first + 1; child < end; child++) {
      if (this.before(this.items[child] ?? 0, this.items[least] ?? 0)) least = child;
    }
    return least;
  }

  private before(a: number, b: number): boolean {
    const left = at(this.weight, a);
    const right = at(this.weight, b);
    return left < right || (left === right && a < b);
  }
}
