import { int, real } from '../graph/sparse.ts';
import type { Disjunctive } from './disjunctive.ts';
import type { Random } from './random.ts';
import { NONE } from './task-order.ts';

/** A longest path, cut into blocks: entries that follow each other on one line. Its lists are used again. */
export class CriticalPath {
  /** The first `length` of them, last task first. */
  readonly tasks: Int32Array;
  length = 0;
  /** The entries of block `b` are those from `blockStart[b]` to `blockStart[b + 1]`, last entry first. */
  readonly entries: Int32Array;
  readonly blockStart: Int32Array;
  blockCount = 0;
  private readonly graph: Disjunctive;
  private readonly random: Random;
  /** The link that was found last: the task before, and the entries on both sides if a line makes the link. */
  private linkTask = NONE;
  private linkEntry = NONE;

  constructor(graph: Disjunctive, random: Random) {
    const count = graph.duration.length;
    this.graph = graph;
    this.random = random;
    this.tasks = new Int32Array(count);
    // An entry can end one block and begin another one.
    this.entries = new Int32Array(2 * count + 2);
    this.blockStart = new Int32Array(count + 2);
  }

  /** One of the longest paths of now, by chance. */
  find(): void {
    const { graph } = this;
    this.length = 0;
    this.blockCount = 0;
    let size = 0;
    let entry = NONE;
    let line = NONE;
    for (let task = this.lastTask(); task !== NONE; task = this.linkTask) {
      this.tasks[this.length++] = task;
      this.findLink(task, line);
      const { linkEntry } = this;
      const goesOn = linkEntry !== NONE && int(graph.lineOf, linkEntry) === line;
      if (!goesOn) {
        size = this.endBlock(size);
        if (linkEntry !== NONE) this.entries[size++] = linkEntry;
      }
      entry = linkEntry === NONE ? NONE : int(graph.previous, linkEntry);
      line = entry === NONE ? NONE : int(graph.lineOf, entry);
      if (entry !== NONE) this.entries[size++] = entry;
    }
    this.endBlock(size);
  }

  /** Keeps the entries since the last block as one where there are several. */
  private endBlock(size: number): number {
    const start = int(this.blockStart, this.blockCount);
    if (size - start < 2) return start;
    this.blockStart[++this.blockCount] = size;
    return size;
  }

  private lastTask(): number {
    const { lasts, end, makespan } = this.graph;
    let found = NONE;
    let seen = 0;
    for (let index = 0; index < lasts.length; index++) {
      const task = int(lasts, index);
      if (real(end, task) === makespan && this.isChosen(++seen)) found = task;
    }
    return found;
  }

  /** What ends when this task starts; rather on the line, as longer blocks give more moves. */
  private findLink(task: number, line: number): void {
    const { head, end, before, entryStart, lineOf, previous, taskOf } = this.graph;
    const time = real(head, task);
    const firstEntry = int(entryStart, task);
    const entryCount = int(entryStart, task + 1) - firstEntry;
    const stop = int(before.start, task + 1);
    const firstPlace = stop - entryCount;
    let seen = 0;
    this.linkTask = NONE;
    this.linkEntry = NONE;
    for (let at = int(before.start, task); at < stop; at++) {
      const other = int(before.items, at);
      const entry = at < firstPlace ? NONE : firstEntry + at - firstPlace;
      if (real(end, other) !== time || time === 0 || other === this.tasks.length) continue;
      const isOnLine = entry !== NONE && int(lineOf, entry) === line;
      if (!isOnLine && !this.isChosen(++seen)) continue;
      this.linkTask = entry === NONE ? other : int(taskOf, int(previous, entry));
      this.linkEntry = entry;
      if (isOnLine) return;
    }
  }

  /** One of several by chance, each as likely: the nth takes the place of those before with 1 in n. */
  private isChosen(nth: number): boolean {
    return nth === 1 || this.random.next() * nth < 1;
  }
}
