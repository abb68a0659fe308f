import type { Instance } from '../graph/instance.ts';
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
  private readonly ready: Int32Array;
  private readonly place: Int32Array;

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
    this.ready = new Int32Array(count);
    this.place = new Int32Array(count);
    this.head = new Float64Array(count);
    this.tail = new Float64Array(count);
    this.order = Int32Array.from({ length: count }, (_, task) => task);
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

  /** Puts an entry elsewhere and renews; false, and all is as it was, where that would make a circle. */
  move(entry: number, before: number, line: number): boolean {
    const from = { before: int(this.previous, entry), line: int(this.lineOf, entry) };
    const first = Math.min(this.firstNear(entry), before === NONE ? this.order.length : this.placeOf(before));
    this.takeOut(entry);
    this.insertAfter(entry, before, line);
    if (this.renew(Math.min(first, this.firstNear(entry)), [entry, before, from.before])) return true;
    this.takeOut(entry);
    this.insertAfter(entry, from.before, from.line);
    this.renew();
    return false;
  }

  /** The first place in the order among an entry and those beside it. */
  private firstNear(entry: number): number {
    const [before, after] = [int(this.previous, entry), int(this.next, entry)];
    const own = this.placeOf(entry);
    const left = before === NONE ? own : this.placeOf(before);
    return Math.min(own, left, after === NONE ? own : this.placeOf(after));
  }

  private placeOf(entry: number): number {
    return int(this.place, int(this.taskOf, entry));
  }

  /**
   * Heads, tails and makespan anew; false where there is a circle. Nothing has changed before `from` in the order, and
   * nothing else follows than before but behind the `changed` entries: later ones keep their tails.
   */
  renew(from = 0, changed: readonly number[] = []): boolean {
    if (this.renewHeads(from) < this.order.length) return false;
    for (let index = from; index < this.order.length; index++) this.place[int(this.order, index)] = index;
    const last = changed.length === 0 ? this.order.length - 1 : this.lastOf(changed);
    for (let index = last; index >= 0; index--) {
      const task = int(this.order, index);
      this.tail[task] = this.tailFrom(task);
    }
    this.makespan = 0;
    for (let task = 0; task < this.head.length; task++) {
      const end = real(this.head, task) + real(this.duration, task);
      if (end > this.makespan) this.makespan = end;
    }
    return true;
  }

  private lastOf(entries: readonly number[]): number {
    let last = 0;
    for (const entry of entries) if (entry !== NONE) last = Math.max(last, this.placeOf(entry));
    return last;
  }

  private renewHeads(from: number): number {
    const { order } = this;
    for (let index = from; index < order.length; index++) this.countWaits(int(order, index), from);
    let end = from;
    for (let index = from; index < order.length; index++) {
      const task = int(order, index);
      if (int(this.left, task) === 0) this.ready[end++] = task;
    }
    for (let index = from; index < end; index++) end = this.pass(int(this.ready, index), end);
    if (end === order.length) order.set(this.ready.subarray(from), from);
    return end;
  }

  /** How many that come later in the order a task waits for; its head by the others. */
  private countWaits(task: number, from: number): void {
    let head = real(this.release, task);
    let waits = 0;
    const { start, items } = this.blockers;
    const stop = int(start, task + 1);
    for (let at = int(start, task); at < stop; at++) {
      const blocker = int(items, at);
      if (int(this.place, blocker) >= from) waits++;
      else head = Math.max(head, this.endOf(blocker));
    }
    const last = int(this.entryStart, task + 1);
    for (let entry = int(this.entryStart, task); entry < last; entry++) {
      const before = int(this.previous, entry);
      if (before === NONE) continue;
      const other = int(this.taskOf, before);
      if (int(this.place, other) >= from) waits++;
      else head = Math.max(head, this.endOf(other));
    }
    this.head[task] = head;
    this.left[task] = waits;
  }

  private pass(task: number, known: number): number {
    const time = this.endOf(task);
    let end = known;
    const { start, items } = this.dependents;
    const stop = int(start, task + 1);
    for (let at = int(start, task); at < stop; at++) end = this.reach(int(items, at), time, end);
    const last = int(this.entryStart, task + 1);
    for (let entry = int(this.entryStart, task); entry < last; entry++) {
      const after = int(this.next, entry);
      if (after !== NONE) end = this.reach(int(this.taskOf, after), time, end);
    }
    return end;
  }

  private reach(task: number, time: number, end: number): number {
    if (time > real(this.head, task)) this.head[task] = time;
    const left = int(this.left, task) - 1;
    this.left[task] = left;
    if (left > 0) return end;
    this.ready[end] = task;
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
