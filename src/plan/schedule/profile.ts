import { int, real } from '../graph/sparse.ts';

/** What a task takes of some resources: their columns and amounts. */
export interface Need {
  readonly columns: Int32Array;
  readonly amounts: Float64Array;
  /** All of it in one number, where that can be done. */
  readonly packed: number;
}

/** When there is room for what. */
export interface Usage {
  /** Steps that were looked at so far: what the search for places has cost. */
  readonly looked: number;
  clear(): void;
  /** The first time from the given one on at which the need fits for so many minutes. */
  earliest(from: number, minutes: number, need: Need): number;
  add(start: number, end: number, need: Need): void;
}

/** How much of each resource with a capacity is used over time: steps, each from its time to that of the next one. */
export class Profile implements Usage {
  looked = 0;
  private readonly limits: Float64Array;
  private readonly width: number;
  private readonly times: Float64Array;
  private readonly used: Float64Array;
  private steps = 1;

  constructor({ limits, tasks }: { readonly limits: Float64Array; readonly tasks: number }) {
    this.limits = limits;
    this.width = limits.length;
    this.times = new Float64Array(2 * tasks + 2);
    this.used = new Float64Array((2 * tasks + 2) * this.width);
  }

  clear(): void {
    this.used.fill(0, 0, this.steps * this.width);
    this.steps = 1;
    this.times[0] = 0;
  }

  earliest(from: number, minutes: number, need: Need): number {
    let start = from;
    let step = this.stepAt(from);
    for (;;) {
      this.looked++;
      if (this.isFull(step, need)) {
        step++;
        start = real(this.times, step);
      } else {
        step++;
        if (step >= this.steps || real(this.times, step) >= start + minutes) return start;
      }
    }
  }

  add(start: number, end: number, need: Need): void {
    const first = this.stepFrom(start);
    const last = this.stepFrom(end);
    this.looked += last - first + 2 + ((this.steps - first) >> 3);
    for (let index = 0; index < need.columns.length; index++) {
      const amount = real(need.amounts, index);
      const column = int(need.columns, index);
      for (let place = first * this.width + column; place < last * this.width; place += this.width)
        this.used[place] = real(this.used, place) + amount;
    }
  }

  private isFull(step: number, { columns, amounts }: Need): boolean {
    for (let index = 0; index < columns.length; index++) {
      const column = int(columns, index);
      if (real(this.used, step * this.width + column) + real(amounts, index) > real(this.limits, column))
        return true;
    }
    return false;
  }

  private stepAt(time: number): number {
    let low = 0;
    let high = this.steps - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (real(this.times, middle) <= time) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The step that begins at the time; the one around it is cut where there is none. */
  private stepFrom(time: number): number {
    const step = this.stepAt(time);
    if (real(this.times, step) === time) return step;
    const { times, used, width } = this;
    times.copyWithin(step + 2, step + 1, this.steps);
    times[step + 1] = time;
    used.copyWithin((step + 1) * width, step * width, this.steps * width);
    this.steps++;
    return step + 1;
  }
}
