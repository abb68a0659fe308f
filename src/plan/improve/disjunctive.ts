import type { Instance } from '../graph/instance.ts';
import { rowSizes } from '../graph/order.ts';
import { int, type Rows, real } from '../graph/sparse.ts';

/** No task, no entry. */
export const NONE = -1;

/**
 * Which task follows which on every line: a key, or a slot of a worker (the disjunctive graph; Roy and Sussmann 1964).
 * The entries of a task are its places on lines; heads and tails are minutes before and after it on the longest path.
 */
export class Disjunctive {
  readonly head: Float64Array;
  /** Without the task itself. */
  readonly tail: Float64Array;
  makespan = 0;
  /** The entries of a task are those from `entryStart[task]` to `entryStart[task + 1]`. */
  readonly entryStart: Int32Array;
  readonly taskOf: Int32Array;
  readonly lineOf: Int32Array;
  readonly next: Int32Array;
  readonly previous: Int32Array;
  readonly firstOn: Int32Array;
  readonly duration: Float64Array;
  readonly blockers: Rows;
  readonly dependents: Rows;
  private readonly release: Float64Array;
  private readonly order: Int32Array;
  private readonly left: Int32Array;
  private readonly blockerCount: Int32Array;

  constructor(
    instance: Instance,
    lines: { readonly entryStart: Int32Array; readonly lineOf: Int32Array; readonly lineCount: number },
  ) {
    const { count } = instance;
    const entries = int(lines.entryStart, count);
    this.entryStart = lines.entryStart;
    this.lineOf = lines.lineOf;
    this.taskOf = new Int32Array(entries);
    for (let task = 0; task < count; task++)
      this.taskOf.fill(task, int(lines.entryStart, task), int(lines.entryStart, task + 1));
    this.next = new Int32Array(entries).fill(NONE);
    this.previous = new Int32Array(entries).fill(NONE);
    this.firstOn = new Int32Array(lines.lineCount).fill(NONE);
    this.duration = instance.duration;
    this.blockers = instance.blockers;
    this.dependents = instance.dependents;
    this.release = instance.release;
    this.blockerCount = rowSizes(instance.blockers);
    this.head = new Float64Array(count);
    this.tail = new Float64Array(count);
    this.order = new Int32Array(count);
    this.left = new Int32Array(count);
  }

  /** Lines up all entries by the starts of their tasks. `order`: tasks as they start. */
  lineUp(order: Int32Array): void {
    const lastOn = new Int32Array(this.firstOn.length).fill(NONE);
    this.firstOn.fill(NONE);
    for (const task of order) {
      for (let entry = int(this.entryStart, task); entry < int(this.entryStart, task + 1); entry++) {
        const line = int(this.lineOf, entry);
        this.insertAfter(entry, int(lastOn, line), line);
        lastOn[line] = entry;
      }
    }
  }

  /** Puts an entry on a line, behind another one or (NONE) as the first. */
  insertAfter(entry: number, before: number, line: number): void {
    const after = before === NONE ? int(this.firstOn, line) : int(this.next, before);
    this.lineOf[entry] = line;
    this.previous[entry] = before;
    this.next[entry] = after;
    if (before === NONE) this.firstOn[line] = entry;
    else this.next[before] = entry;
    if (after !== NONE) this.previous[after] = entry;
  }

  takeOut(entry: number): void {
    const before = int(this.previous, entry);
    const after = int(this.next, entry);
    if (before === NONE) this.firstOn[int(this.lineOf, entry)] = after;
    else this.next[before] = after;
    if (after !== NONE) this.previous[after] = before;
  }

  /** Heads, tails and makespan anew; false where there is a circle. */
  renew(): boolean {
    const end = this.renewHeads();
    if (end < this.order.length) return false;
    this.makespan = 0;
    for (let index = end - 1; index >= 0; index--) {
      const task = int(this.order, index);
      const tail = this.tailFrom(task);
      this.tail[task] = tail;
      const length = real(this.head, task) + real(this.duration, task) + tail;
      if (length > this.makespan) this.makespan = length;
    }
    return true;
  }

  private renewHeads(): number {
    const { left, order, head } = this;
    head.set(this.release);
    let end = 0;
    for (let task = 0; task < order.length; task++) {
      let waits = int(this.blockerCount, task);
      for (let entry = int(this.entryStart, task); entry < int(this.entryStart, task + 1); entry++)
        if (int(this.previous, entry) !== NONE) waits++;
      left[task] = waits;
      if (waits === 0) order[end++] = task;
    }
    for (let index = 0; index < end; index++) {
      const task = int(order, index);
      const time = real(head, task) + real(this.duration, task);
      const { start, items } = this.dependents;
      const stop = int(start, task + 1);
      for (let at = int(start, task); at < stop; at++) end = this.reach(int(items, at), time, end);
      const last = int(this.entryStart, task + 1);
      for (let entry = int(this.entryStart, task); entry < last; entry++) {
        const after = int(this.next, entry);
        if (after !== NONE) end = this.reach(int(this.taskOf, after), time, end);
      }
    }
    return end;
  }

  private reach(task: number, time: number, end: number): number {
    if (time > real(this.head, task)) this.head[task] = time;
    const left = int(this.left, task) - 1;
    this.left[task] = left;
    if (left > 0) return end;
    this.order[end] = task;
    return end + 1;
  }

  private tailFrom(task: number): number {
    const { start, items } = this.dependents;
    const stop = int(start, task + 1);
    let most = 0;
    for (let at = int(start, task); at < stop; at++) most = Math.max(most, this.restFrom(int(items, at)));
    const last = int(this.entryStart, task + 1);
    for (let entry = int(this.entryStart, task); entry < last; entry++) {
      const after = int(this.next, entry);
      if (after !== NONE) most = Math.max(most, this.restFrom(int(this.taskOf, after)));
    }
    return most;
  }

  /** Minutes from the start of a task to the end of everything. */
  restFrom(task: number): number {
    return real(this.duration, task) + real(this.tail, task);
  }

  endOf(task: number): number {
    return real(this.head, task) + real(this.duration, task);
  }

  /** The earliest start of a task by everything but some line. */
  headWithout(task: number, line: number): number {
    const { start, items } = this.blockers;
    let most = real(this.release, task);
    for (let at = int(start, task); at < int(start, task + 1); at++)
      most = Math.max(most, this.endOf(int(items, at)));
    for (let entry = int(this.entryStart, task); entry < int(this.entryStart, task + 1); entry++) {
      const before = int(this.previous, entry);
      if (before !== NONE && int(this.lineOf, entry) !== line)
        most = Math.max(most, this.endOf(int(this.taskOf, before)));
    }
    return most;
  }

  /** What must follow a task by everything but some line; minutes. */
  tailWithout(task: number, line: number): number {
    const { start, items } = this.dependents;
    let most = 0;
    for (let at = int(start, task); at < int(start, task + 1); at++)
      most = Math.max(most, this.restFrom(int(items, at)));
    for (let entry = int(this.entryStart, task); entry < int(this.entryStart, task + 1); entry++) {
      const after = int(this.next, entry);
      if (after !== NONE && int(this.lineOf, entry) !== line)
        most = Math.max(most, this.restFrom(int(this.taskOf, after)));
    }
    return most;
  }
}
