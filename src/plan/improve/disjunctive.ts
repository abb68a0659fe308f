import type { Instance } from '../graph/instance.ts';
import { int, type Rows, real } from '../graph/sparse.ts';
import { placesIn, withEntries } from './entry-rows.ts';
import { NONE, TaskOrder } from './task-order.ts';

/*
 * Which task follows which on every line: a key, or a slot of a worker (the disjunctive graph; Roy and Sussmann 1964).
 * The entries of a task are its places on lines. The search makes tens of thousands of moves in a budget, so what it
 * asks for most lies in rows: for each task all that is just before it (blockers, then its neighbours on lines) and
 * all that is just after it. Where there is no neighbour stands one task more, which takes no time and never moves.
 */
export class Disjunctive {
  /** Minutes before a task on the longest path, by its end too; and from its start to the end of everything. */
  readonly head: Float64Array;
  readonly end: Float64Array;
  readonly rest: Float64Array;
  makespan = 0;
  /** The entries of a task are those from `entryStart[task]` to `entryStart[task + 1]`. */
  readonly entryStart: Int32Array;
  readonly taskOf: Int32Array;
  readonly lineOf: Int32Array;
  readonly next: Int32Array;
  readonly previous: Int32Array;
  readonly firstOn: Int32Array;
  readonly duration: Float64Array;
  readonly before: Rows;
  readonly after: Rows;
  /** Tasks that nothing depends on: one of them ends last. */
  readonly lasts: Int32Array;
  private readonly release: Float64Array;
  private readonly nobody: number;
  /** The place of each entry's neighbour in the rows. */
  private readonly placeBefore: Int32Array;
  private readonly placeAfter: Int32Array;
  private readonly order: TaskOrder;

  constructor(
    instance: Instance,
    lines: { readonly entryStart: Int32Array; readonly lineOf: Int32Array; readonly lineCount: number },
  ) {
    const { count, blockers, dependents } = instance;
    const entries = int(lines.entryStart, count);
    this.nobody = count;
    this.entryStart = lines.entryStart;
    this.lineOf = lines.lineOf;
    this.taskOf = new Int32Array(entries);
    for (let task = 0; task < count; task++)
      this.taskOf.fill(task, int(lines.entryStart, task), int(lines.entryStart, task + 1));
    this.next = new Int32Array(entries).fill(NONE);
    this.previous = new Int32Array(entries).fill(NONE);
    this.firstOn = new Int32Array(lines.lineCount).fill(NONE);
    this.duration = instance.duration;
    this.release = instance.release;
    this.before = withEntries(blockers, lines.entryStart);
    this.after = withEntries(dependents, lines.entryStart);
    this.placeBefore = placesIn(this.before, lines.entryStart);
    this.placeAfter = placesIn(this.after, lines.entryStart);
    const all = Int32Array.from({ length: count }, (_, task) => task);
    this.lasts = all.filter((task) => int(dependents.start, task) === int(dependents.start, task + 1));
    this.head = new Float64Array(count + 1);
    this.end = new Float64Array(count + 1);
    this.rest = new Float64Array(count + 1);
    this.order = new TaskOrder(this.before, this.after);
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

  /** Puts an entry elsewhere and renews; false, and all is as it was, where that would make a circle. */
  move(entry: number, before: number, line: number): boolean {
    const from = {
      before: int(this.previous, entry),
      after: int(this.next, entry),
      line: int(this.lineOf, entry),
    };
    this.takeOut(entry);
    this.insertAfter(entry, before, line);
    if (
      !this.order.mend(
        int(this.taskOf, entry),
        this.taskAt(this.previous, entry),
        this.taskAt(this.next, entry),
      )
    ) {
      this.takeOut(entry);
      this.insertAfter(entry, from.before, from.line);
      return false;
    }
    this.renewAround(entry, from);
    return true;
  }

  /** Heads, tails and makespan anew. */
  renew(): void {
    this.order.sort();
    this.renewHeads(0);
    this.renewRests(this.nobody - 1);
  }

  /** The earliest start of an entry's task by everything but its line. */
  headBeside(entry: number): number {
    const task = int(this.taskOf, entry);
    const own = int(this.placeBefore, entry);
    const { start, items } = this.before;
    const stop = int(start, task + 1);
    let most = real(this.release, task);
    for (let at = int(start, task); at < stop; at++) {
      const end = real(this.end, int(items, at));
      if (end > most && at !== own) most = end;
    }
    return most;
  }

  /** What must follow an entry's task by everything but its line; minutes. */
  tailBeside(entry: number): number {
    const task = int(this.taskOf, entry);
    const own = int(this.placeAfter, entry);
    const { start, items } = this.after;
    const stop = int(start, task + 1);
    let most = 0;
    for (let at = int(start, task); at < stop; at++) {
      const rest = real(this.rest, int(items, at));
      if (rest > most && at !== own) most = rest;
    }
    return most;
  }

  /** When the task of an entry ends; 0 for NONE. */
  endOf(entry: number): number {
    return entry === NONE ? 0 : real(this.end, int(this.taskOf, entry));
  }

  /** Minutes from the start of an entry's task to the end of everything; 0 for NONE. */
  restFrom(entry: number): number {
    return entry === NONE ? 0 : real(this.rest, int(this.taskOf, entry));
  }

  /** All that moves change, but for times. */
  get sequences(): readonly Int32Array[] {
    return [this.next, this.previous, this.firstOn, this.lineOf, this.before.items, this.after.items];
  }

  private insertAfter(entry: number, before: number, line: number): void {
    const after = before === NONE ? int(this.firstOn, line) : int(this.next, before);
    this.lineOf[entry] = line;
    this.link(before, entry, line);
    this.link(entry, after, line);
  }

  private takeOut(entry: number): void {
    this.link(int(this.previous, entry), int(this.next, entry), int(this.lineOf, entry));
  }

  /** Makes two entries neighbours; NONE is the beginning or the end of the line. */
  private link(left: number, right: number, line: number): void {
    if (left === NONE) this.firstOn[line] = right;
    else {
      this.next[left] = right;
      this.after.items[int(this.placeAfter, left)] = right === NONE ? this.nobody : int(this.taskOf, right);
    }
    if (right === NONE) return;
    this.previous[right] = left;
    this.before.items[int(this.placeBefore, right)] = left === NONE ? this.nobody : int(this.taskOf, left);
  }

  private taskAt(neighbour: Int32Array, entry: number): number {
    const other = int(neighbour, entry);
    return other === NONE ? NONE : int(this.taskOf, other);
  }

  private renewAround(entry: number, from: { readonly before: number; readonly after: number }): void {
    const { order, nobody } = this;
    let first = nobody;
    let last = 0;
    for (const near of [entry, from.after, int(this.next, entry)])
      if (near !== NONE) first = Math.min(first, order.placeOf(int(this.taskOf, near)));
    for (const near of [entry, from.before, int(this.previous, entry)])
      if (near !== NONE) last = Math.max(last, order.placeOf(int(this.taskOf, near)));
    this.renewHeads(first);
    this.renewRests(last);
  }

  /** From a place in the order on; and the makespan. */
  private renewHeads(first: number): void {
    const { head, end, duration, release, lasts, nobody } = this;
    const { start, items } = this.before;
    const { tasks } = this.order;
    for (let index = first; index < nobody; index++) {
      const task = int(tasks, index);
      const stop = int(start, task + 1);
      let most = real(release, task);
      for (let at = int(start, task); at < stop; at++) {
        const time = real(end, int(items, at));
        if (time > most) most = time;
      }
      head[task] = most;
      end[task] = most + real(duration, task);
    }
    let makespan = 0;
    for (let index = 0; index < lasts.length; index++) {
      const time = real(end, int(lasts, index));
      if (time > makespan) makespan = time;
    }
    this.makespan = makespan;
  }

  private renewRests(last: number): void {
    const { rest, duration } = this;
    const { start, items } = this.after;
    const { tasks } = this.order;
    for (let index = last; index >= 0; index--) {
      const task = int(tasks, index);
      const stop = int(start, task + 1);
      let most = 0;
      for (let at = int(start, task); at < stop; at++) {
        const time = real(rest, int(items, at));
        if (time > most) most = time;
      }
      rest[task] = most + real(duration, task);
    }
  }
}
