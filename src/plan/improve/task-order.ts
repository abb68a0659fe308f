import { int, type Rows } from '../graph/sparse.ts';

/** No task, no entry. */
export const NONE = -1;

/**
 * A topological order that is mended where one task has moved, instead of made anew: only the tasks between its old
 * and its new place are looked at (after Pearce and Kelly 2006).
 */
export class TaskOrder {
  readonly tasks: Int32Array;
  /** What is just before and just after each task; the number of tasks stands for nobody. */
  private readonly before: Rows;
  private readonly after: Rows;
  private readonly place: Int32Array;
  private readonly marked: Uint8Array;
  private readonly spare: Int32Array;

  constructor(before: Rows, after: Rows) {
    const count = before.start.length - 1;
    this.before = before;
    this.after = after;
    this.tasks = new Int32Array(count);
    this.place = new Int32Array(count);
    this.marked = new Uint8Array(count + 1);
    this.spare = new Int32Array(count);
  }

  placeOf(task: number): number {
    return int(this.place, task);
  }

  /** Anew, from nothing. */
  sort(): void {
    const { tasks, after } = this;
    const count = tasks.length;
    const left = new Int32Array(count + 1);
    for (const task of after.items) left[task] = int(left, task) + 1;
    let end = 0;
    for (let task = 0; task < count; task++) if (int(left, task) === 0) tasks[end++] = task;
    for (let index = 0; index < end; index++) {
      const task = int(tasks, index);
      for (let at = int(after.start, task); at < int(after.start, task + 1); at++) {
        const next = int(after.items, at);
        left[next] = int(left, next) - 1;
        if (next < count && int(left, next) === 0) tasks[end++] = next;
      }
    }
    this.number(0, count);
  }

  /** After a task was put between two others (or NONE); false, and nothing is changed, where that makes a circle. */
  mend(task: number, left: number, right: number): boolean {
    const own = int(this.place, task);
    if (left !== NONE && int(this.place, left) > own) return this.toRight(own, int(this.place, left));
    if (right !== NONE && int(this.place, right) < own) return this.toLeft(int(this.place, right), own);
    return true;
  }

  /** The first of a stretch, and what must follow it there, behind the last. */
  private toRight(first: number, last: number): boolean {
    const { tasks, marked } = this;
    marked[int(tasks, first)] = 1;
    for (let index = first + 1; index <= last; index++) {
      const task = int(tasks, index);
      if (this.isBesideMarked(this.before, task)) marked[task] = 1;
    }
    const isCircle = marked[int(tasks, last)] === 1;
    if (!isCircle) this.partition(first, last, 0);
    this.unmark(first, last);
    return !isCircle;
  }

  /** The last of a stretch, and what must precede it there, before the first. */
  private toLeft(first: number, last: number): boolean {
    const { tasks, marked } = this;
    marked[int(tasks, last)] = 1;
    for (let index = last - 1; index >= first; index--) {
      const task = int(tasks, index);
      if (this.isBesideMarked(this.after, task)) marked[task] = 1;
    }
    const isCircle = marked[int(tasks, first)] === 1;
    if (!isCircle) this.partition(first, last, 1);
    this.unmark(first, last);
    return !isCircle;
  }

  private isBesideMarked({ start, items }: Rows, task: number): boolean {
    const stop = int(start, task + 1);
    for (let at = int(start, task); at < stop; at++) if (this.marked[int(items, at)] === 1) return true;
    return false;
  }

  /** Those with the mark `early` first; both parts keep their order. */
  private partition(first: number, last: number, early: 0 | 1): void {
    const { tasks, marked, spare } = this;
    let end = first;
    for (let index = first; index <= last; index++)
      if (marked[int(tasks, index)] === early) spare[end++] = int(tasks, index);
    for (let index = first; index <= last; index++)
      if (marked[int(tasks, index)] !== early) spare[end++] = int(tasks, index);
    for (let index = first; index <= last; index++) tasks[index] = int(spare, index);
    this.number(first, last + 1);
  }

  private unmark(first: number, last: number): void {
    for (let index = first; index <= last; index++) this.marked[int(this.tasks, index)] = 0;
  }

  private number(first: number, end: number): void {
    for (let index = first; index < end; index++) this.place[int(this.tasks, index)] = index;
  }
}
