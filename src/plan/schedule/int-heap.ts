/** Whole numbers, the least on top. */
export class IntHeap {
  private readonly items: number[] = [];

  get size(): number {
    return this.items.length;
  }

  /** The least; -1 where there is none. */
  get top(): number {
    return this.items[0] ?? -1;
  }

  push(item: number): void {
    const { items } = this;
    let place = items.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = items[parent] ?? 0;
      if (above <= item) break;
      items[place] = above;
      place = parent;
    }
    items[place] = item;
  }

  /** -1 where there is none. */
  pop(): number {
    const { items } = this;
    const top = items[0] ?? -1;
    const last = items.pop() ?? -1;
    if (items.length > 0) this.sink(last);
    return top;
  }

  private sink(item: number): void {
    const { items } = this;
    let place = 0;
    for (;;) {
      let child = 2 * place + 1;
      if (child >= items.length) break;
      if (child + 1 < items.length && (items[child + 1] ?? 0) < (items[child] ?? 0)) child++;
      const below = items[child] ?? 0;
      if (below >= item) break;
      items[place] = below;
      place = child;
    }
    items[place] = item;
  }
}
