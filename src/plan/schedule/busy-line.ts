/** The busy times of something that serves one task at a time: a key, or a worker with one slot. */
export class BusyLine {
  /** Start and end of each busy interval in turn; those that touch are one. */
  private readonly bounds: number[] = [];

  clear(): void {
    this.bounds.length = 0;
  }

  /** The first time from the given one on that leaves so many minutes free. */
  earliest(from: number, minutes: number): number {
    const { bounds } = this;
    let start = from;
    for (let index = this.firstEndingAfter(from); index < bounds.length; index += 2) {
      const busy = bounds[index] ?? 0;
      if (minutes === 0 ? busy >= start : busy >= start + minutes) return start;
      start = bounds[index + 1] ?? 0;
    }
    return start;
  }

  add(start: number, end: number): void {
    const { bounds } = this;
    const index = this.firstEndingAfter(start);
    const joinsLeft = index > 0 && bounds[index - 1] === start;
    const joinsRight = index < bounds.length && bounds[index] === end;
    if (joinsLeft && joinsRight) this.remove(index - 1);
    else if (joinsLeft) bounds[index - 1] = end;
    else if (joinsRight) bounds[index] = start;
    else this.insert(index, start, end);
  }

  private firstEndingAfter(time: number): number {
    const { bounds } = this;
    let low = 0;
    let high = bounds.length >> 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((bounds[2 * middle + 1] ?? 0) > time) high = middle;
      else low = middle + 1;
    }
    return 2 * low;
  }

  private remove(index: number): void {
    const { bounds } = this;
    for (let to = index; to + 2 < bounds.length; to++) bounds[to] = bounds[to + 2] ?? 0;
    bounds.length -= 2;
  }

  private insert(index: number, start: number, end: number): void {
    const { bounds } = this;
    bounds.push(0, 0);
    for (let to = bounds.length - 1; to > index + 1; to--) bounds[to] = bounds[to - 2] ?? 0;
    bounds[index] = start;
    bounds[index + 1] = end;
  }
}
