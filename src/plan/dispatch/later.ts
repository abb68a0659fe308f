import { EndHeap } from '../schedule/end-heap.ts';

/** Tasks whose time has not come, the first on top. */
export class Later {
  private times = new Float64Array(16);
  private heap = new EndHeap(this.times);

  add(task: number, time: number): void {
    if (task >= this.times.length) this.grow(task + 1);
    this.times[task] = time;
    this.heap.push(task);
  }

  /** Minutes; 0 where none was ever set. */
  timeOf(task: number): number {
    return this.times[task] ?? 0;
  }

  /** Takes out a task whose time has come; -1: there is none. */
  due(now: number): number {
    const task = this.heap.top;
    if (task < 0 || this.timeOf(task) > now) return -1;
    this.heap.pop();
    return task;
  }

  private grow(size: number): void {
    const times = new Float64Array(2 * size);
    times.set(this.times);
    const heap = new EndHeap(times);
    for (let task = this.heap.top; task >= 0; task = this.heap.top) {
      this.heap.pop();
      heap.push(task);
    }
    this.times = times;
    this.heap = heap;
  }
}
