import type { Instance } from '../graph/instance.ts';
import { int, type Rows, real } from '../graph/sparse.ts';
import { NONE, TaskOrder } from './task-order.ts';

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
  private readonly order: TaskOrder;
  /** Tasks whose head or tail must be looked at again, and where they stand in the order. */
  private readonly changedHead: Uint8Array;
  private readonly changedTail: Uint8Array;
  private firstMarked = 0;
  private lastMarked = 0;

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
    this.head = new Float64Array(count);
    this.tail = new Float64Array(count);
    this.order = new TaskOrder(this, count);
    this.changedHead = new Uint8Array(count);
    this.changedTail = new Uint8Array(count);
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

  /** Puts an entry elsewhere and renews; false, and all is as it was, where that would make a circle. */
  move(entry: number, before: number, line: number): boolean {
    const from = {
      before: int(this.previous, entry),
      after: int(this.next, entry),
      line: int(this.lineOf, entry),
    };
    this.takeOut(entry);
    this.insertAfter(entry, before, line);
    if (!this.order.mend(entry)) {
      this.takeOut(entry);
      this.insertAfter(entry, from.before, from.line);
      return false;
    }
    for (const near of [entry, from.after, int(this.next, entry)]) this.markHead(near);
    for (const near of [entry, from.before, int(this.previous, entry)]) this.markTail(near);
    this.renewMarked();
    return true;
  }

  /** Heads, tails and makespan anew. */
  renew(): void {
    this.order.sort();
    this.changedHead.fill(1);
    this.changedTail.fill(1);
    this.firstMarked = 0;
    this.lastMarked = this.head.length - 1;
    this.renewMarked();
  }

  private markHead(entry: number): void {
    if (entry === NONE) return;
    const task = int(this.taskOf, entry);
    this.changedHead[task] = 1;
    this.firstMarked = Math.min(this.firstMarked, this.order.placeOf(task));
  }

  private markTail(entry: number): void {
    if (entry === NONE) return;
    const task = int(this.taskOf, entry);
    this.changedTail[task] = 1;
    this.lastMarked = Math.max(this.lastMarked, this.order.placeOf(task));
  }

  /** Only what has changed is carried on. */
  private renewMarked(): void {
    const { tasks } = this.order;
    const count = tasks.length;
    for (let index = this.firstMarked; index < count; index++) {
      const task = int(tasks, index);
      if (this.changedHead[task] === 1) this.renewHead(task);
    }
    for (let index = this.lastMarked; index >= 0; index--) {
      const task = int(tasks, index);
      if (this.changedTail[task] === 1) this.renewTail(task);
    }
    this.firstMarked = count;
    this.lastMarked = 0;
    let makespan = 0;
    for (let task = 0; task < count; task++) {
      const end = real(this.head, task) + real(this.duration, task);
      if (end > makespan) makespan = end;
    }
    this.makespan = makespan;
  }

  private renewHead(task: number): void {
    this.changedHead[task] = 0;
    const head = this.headWithout(task, NONE);
    if (head === real(this.head, task)) return;
    this.head[task] = head;
    const { start, items } = this.dependents;
    const stop = int(start, task + 1);
    for (let at = int(start, task); at < stop; at++) this.changedHead[int(items, at)] = 1;
    const last = int(this.entryStart, task + 1);
    for (let entry = int(this.entryStart, task); entry < last; entry++) {
      const after = int(this.next, entry);
      if (after !== NONE) this.changedHead[int(this.taskOf, after)] = 1;
    }
  }

  private renewTail(task: number): void {
    this.changedTail[task] = 0;
    const tail = this.tailWithout(task, NONE);
    if (tail === real(this.tail, task)) return;
    this.tail[task] = tail;
    const { start, items } = this.blockers;
    const stop = int(start, task + 1);
    for (let at = int(start, task); at < stop; at++) this.changedTail[int(items, at)] = 1;
    const last = int(this.entryStart, task + 1);
    for (let entry = int(this.entryStart, task); entry < last; entry++) {
      const before = int(this.previous, entry);
      if (before !== NONE) this.changedTail[int(this.taskOf, before)] = 1;
    }
  }

  /** Minutes from the start of a task to the end of everything. */
  restFrom(task: number): number {
    return real(this.duration, task) + real(this.tail, task);
  }

  endOf(task: number): number {
    return real(this.head, task) + real(this.duration, task);
  }

  /** The earliest start of a task by everything but some line (NONE: by everything). */
  headWithout(task: number, line: number): number {
    const { start, items } = this.blockers;
    let most = real(this.release, task);
    const stop = int(start, task + 1);
    for (let at = int(start, task); at < stop; at++) {
      const end = this.endOf(int(items, at));
      if (end > most) most = end;
    }
    const last = int(this.entryStart, task + 1);
    for (let entry = int(this.entryStart, task); entry < last; entry++) {
      const before = int(this.previous, entry);
      if (before === NONE || int(this.lineOf, entry) === line) continue;
      const end = this.endOf(int(this.taskOf, before));
      if (end > most) most = end;
    }
    return most;
  }

  /** What must follow a task by everything but some line (NONE: by everything); minutes. */
  tailWithout(task: number, line: number): number {
    const { start, items } = this.dependents;
    let most = 0;
    const stop = int(start, task + 1);
    for (let at = int(start, task); at < stop; at++) {
      const rest = this.restFrom(int(items, at));
      if (rest > most) most = rest;
    }
    const last = int(this.entryStart, task + 1);
    for (let entry = int(this.entryStart, task); entry < last; entry++) {
      const after = int(this.next, entry);
      if (after === NONE || int(this.lineOf, entry) === line) continue;
      const rest = this.restFrom(int(this.taskOf, after));
      if (rest > most) most = rest;
    }
    return most;
  }
}
