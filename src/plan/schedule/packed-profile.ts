import { int, real } from '../graph/sparse.ts';
import type { Packing } from './packing.ts';
import type { Need, Usage } from './profile.ts';

/** What is left of all resources over time, each moment's in one number: steps as in a profile. */
export class PackedProfile implements Usage {
  looked = 0;
  private readonly packing: Packing;
  private readonly times: Float64Array;
  private readonly left: Int32Array;
  private steps = 1;

  constructor({ packing, tasks }: { readonly packing: Packing; readonly tasks: number }) {
    this.packing = packing;
    this.times = new Float64Array(2 * tasks + 2);
    this.left = new Int32Array(2 * tasks + 2);
    this.clear();
  }

  clear(): void {
    this.steps = 1;
    this.times[0] = 0;
    this.left[0] = this.packing.full;
  }

  earliest(from: number, minutes: number, { packed }: Need): number {
    const { times, left, steps } = this;
    const { guards } = this.packing;
    let start = from;
    let end = from + minutes;
    let step = this.stepAt(from);
    const first = step;
    for (;;) {
      const isFull = (((int(left, step) | guards) - packed) & guards) !== guards;
      step++;
      if (isFull) {
        start = real(times, step);
        end = start + minutes;
      } else if (step >= steps || real(times, step) >= end) break;
    }
    this.looked += step - first;
    return start;
  }

  add(start: number, end: number, { packed }: Need): void {
    const first = this.stepFrom(start);
    const last = this.stepFrom(end);
    this.looked += last - first + 2 + ((this.steps - first) >> 3);
    for (let step = first; step < last; step++) this.left[step] = int(this.left, step) - packed;
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
    const { times, left } = this;
    if (real(times, step) === time) return step;
    for (let to = this.steps; to > step + 1; to--) {
      times[to] = real(times, to - 1);
      left[to] = int(left, to - 1);
    }
    times[step + 1] = time;
    left[step + 1] = int(left, step);
    this.steps++;
    return step + 1;
  }
}
