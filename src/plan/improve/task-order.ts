import { int, type Rows } from '../graph/sparse.ts';

/** No task, no entry. */
export const NONE = -1;

/** Which tasks come before which: by dependencies, and side by side on lines. */
export interface Neighbours {
  readonly blockers: Rows;
  readonly dependents: Rows;
  readonly entryStart: Int32Array;
  readonly taskOf: Int32Array;
  readonly next: Int32Array;
  readonly previous: Int32Array;
}

/**
 * A topological order that is mended where one entry has moved, instead of made anew: only the tasks between its old
 * and its new place are looked at (after Pearce and Kelly 2006).
 */
export class TaskOrder {
  readonly tasks: Int32Array;
  private readonly graph: Neighbours;
  private readonly place: Int32Array;
  private readonly marked: Uint8Array;
  private readonly spare: Int32Array;

  constructor(graph: Neighbours, count: number) {
    this.graph = graph;
    this.tasks = new Int32Array(count);
    this.place = new Int32Array(count);
    this.marked = new Uint8Array(count);
    this.spare = new Int32Array(count);
  }

  placeOf(task: number): number {
    return int(this.place, task);
  }

  /** Anew, from nothing. */
  sort(): void {
    const { tasks } = this;
    const left = new Int32Array(tasks.length);
    let end = 0;
    for (let task = 0; task < tasks.length; task++) {
      left[task] = this.countBefore(task);
      if (int(left, task) === 0) tasks[end++] = task;
    }
    for (let index = 0; index < end; index++) {
      for (const task of this.after(int(tasks, index))) {
        left[task] = int(left, task) - 1;
        if (int(left, task) === 0) tasks[end++] = task;
      }
    }
    this.number(0, tasks.length);
  }

  /** After an entry was put between two others; false, and nothing is changed, where that makes a circle. */
  mend(entry: number): boolean {
    const { taskOf, previous, next } = this.graph;
    const task = int(taskOf, entry);
    const before = int(previous, entry);
    const after = int(next, entry);
    const own = int(this.place, task);
    if (before !== NONE && int(this.place, int(taskOf, before)) > own)
      return this.toRight(own, int(this.place, int(taskOf, before)));
    if (after !== NONE && int(this.place, int(taskOf, after)) < own)
      return this.toLeft(int(this.place, int(taskOf, after)), own);
    return true;
  }

  /** The first of a stretch, and what must follow it there, behind the last. */
  private toRight(first: number, last: number): boolean {
    const { tasks, marked } = this;
    marked[int(tasks, first)] = 1;
    for (let index = first + 1; index <= last; index++) {
      const task = int(tasks, index);
      if (this.followsMarked(task)) marked[task] = 1;
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
      if (this.precedesMarked(task)) marked[task] = 1;
    }
    const isCircle = marked[int(tasks, first)] === 1;
    if (!isCircle) this.partition(first, last, 1);
    this.unmark(first, last);
    return !isCircle;
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

  private followsMarked(task: number): boolean {
    const { blockers, entryStart, previous, taskOf } = this.graph;
    const stop = int(blockers.start, task + 1);
    for (let at = int(blockers.start, task); at < stop; at++)
      if (this.marked[int(blockers.items, at)] === 1) return true;
    const last = int(entryStart, task + 1);
    for (let entry = int(entryStart, task); entry < last; entry++) {
      const before = int(previous, entry);
      if (before !== NONE && this.marked[int(taskOf, before)] === 1) return true;
    }
    return false;
  }

  private precedesMarked(task: number): boolean {
    const { dependents, entryStart, next, taskOf } = this.graph;
    const stop = int(dependents.start, task + 1);
    for (let at = int(dependents.start, task); at < stop; at++)
      if (this.marked[int(dependents.items, at)] === 1) return true;
    const last = int(entryStart, task + 1);
    for (let entry = int(entryStart, task); entry < last; entry++) {
      const after = int(next, entry);
      if (after !== NONE && this.marked[int(taskOf, after)] === 1) return true;
    }
    return false;
  }

  private countBefore(task: number): number {
    const { blockers, entryStart, previous } = this.graph;
    let count = int(blockers.start, task + 1) - int(blockers.start, task);
    for (let entry = int(entryStart, task); entry < int(entryStart, task + 1); entry++)
      if (int(previous, entry) !== NONE) count++;
    return count;
  }

  private *after(task: number): Generator<number> {
    const { dependents, entryStart, next, taskOf } = this.graph;
    for (let at = int(dependents.start, task); at < int(dependents.start, task + 1); at++)
      yield int(dependents.items, at);
    for (let entry = int(entryStart, task); entry < int(entryStart, task + 1); entry++)
      if (int(next, entry) !== NONE) yield int(taskOf, int(next, entry));
  }
}
