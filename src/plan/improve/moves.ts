import { int, real } from '../graph/sparse.ts';
import type { CriticalPath } from './critical.ts';
import type { Disjunctive } from './disjunctive.ts';
import { NONE } from './task-order.ts';

/**
 * An entry is taken out and put behind another one (NONE: as the first) on a line. `estimate`: what the makespan becomes
 * at least through the moved tasks, about.
 */
export type AddMove = (entry: number, before: number, line: number, estimate: number) => void;

/*
 * Moves within blocks of a critical path: each task to the beginning or the end of its block, the outer ones also
 * inwards (the neighbourhood N7; Zhang and others 2007, after Balas and Vazacopoulos 1998). Nothing else shortens the
 * path on that line. Where a circle could arise the move is left out. The arrays are used again for every block.
 */
export class BlockMoves {
  private readonly graph: Disjunctive;
  private readonly add: AddMove;
  /** The entries of the block, first to last; their minutes, and what is before and after them beside the line. */
  private readonly block: Int32Array;
  private readonly minutes: Float64Array;
  private readonly head: Float64Array;
  private readonly tail: Float64Array;
  private readonly newHead: Float64Array;
  private line = 0;

  constructor(graph: Disjunctive, add: AddMove) {
    const most = graph.duration.length + 1;
    this.graph = graph;
    this.add = add;
    this.block = new Int32Array(most);
    this.minutes = new Float64Array(most);
    this.head = new Float64Array(most);
    this.tail = new Float64Array(most);
    this.newHead = new Float64Array(most);
  }

  addAll(path: CriticalPath): void {
    for (let block = 0; block < path.blockCount; block++) {
      const last = this.take(path, block) - 1;
      for (let from = 0; from < last; from++) this.moveRight(from, last);
      for (let to = 1; to < last; to++) this.moveRight(0, to);
      for (let to = 2; to <= last; to++) this.moveLeft(0, to);
      for (let from = 1; from < last - 1; from++) this.moveLeft(from, last);
    }
  }

  /** How many entries the block has. */
  private take(path: CriticalPath, block: number): number {
    const { graph } = this;
    const first = int(path.blockStart, block);
    const size = int(path.blockStart, block + 1) - first;
    for (let index = 0; index < size; index++) {
      const entry = int(path.entries, first + size - 1 - index);
      this.block[index] = entry;
      this.minutes[index] = real(graph.duration, int(graph.taskOf, entry));
      this.head[index] = graph.headBeside(entry);
      this.tail[index] = graph.tailBeside(entry);
    }
    this.line = int(graph.lineOf, int(this.block, 0));
    return size;
  }

  /** The first of a stretch behind the last. */
  private moveRight(from: number, to: number): void {
    const { graph, block, minutes, head, newHead } = this;
    const last = int(block, to);
    // A path from what follows the task otherwise to the last one would become a circle.
    if (real(this.tail, from) > graph.restFrom(last)) return;
    const entry = int(block, from);
    let time = graph.endOf(int(graph.previous, entry));
    for (let index = from + 1; index <= to; index++) {
      const start = real(head, index) > time ? real(head, index) : time;
      newHead[index] = start;
      time = start + real(minutes, index);
    }
    if (real(head, from) > time) time = real(head, from);
    let rest = graph.restFrom(int(graph.next, last));
    rest = (real(this.tail, from) > rest ? real(this.tail, from) : rest) + real(minutes, from);
    const longest = this.longest({ longest: time + rest, rest, from: from + 1, to });
    this.add(entry, last, this.line, longest);
  }

  /** The last of a stretch before the first. */
  private moveLeft(from: number, to: number): void {
    const { graph, block, minutes, head, newHead } = this;
    const entry = int(block, to);
    const first = int(block, from);
    if (real(head, to) > graph.endOf(first)) return;
    const before = int(graph.previous, first);
    const end = graph.endOf(before);
    const start = real(head, to) > end ? real(head, to) : end;
    let time = start + real(minutes, to);
    for (let index = from; index < to; index++) {
      const next = real(head, index) > time ? real(head, index) : time;
      newHead[index] = next;
      time = next + real(minutes, index);
    }
    const rest = graph.restFrom(int(graph.next, entry));
    const longest = this.longest({ longest: 0, rest, from, to: to - 1 });
    const own = start + real(minutes, to) + Math.max(real(this.tail, to), this.lastRest);
    this.add(entry, before, this.line, own > longest ? own : longest);
  }

  /** What follows the first of the stretch that `longest` went over, itself included. */
  private lastRest = 0;

  /** The longest path through a stretch with new heads, by what follows it. */
  private longest(given: { longest: number; rest: number; from: number; to: number }): number {
    const { from, to } = given;
    let { longest, rest } = given;
    for (let index = to; index >= from; index--) {
      rest = (real(this.tail, index) > rest ? real(this.tail, index) : rest) + real(this.minutes, index);
      const length = real(this.newHead, index) + rest;
      if (length > longest) longest = length;
    }
    this.lastRest = rest;
    return longest;
  }
}

/** The best place for a task's entry on another line. */
export function lineMove(graph: Disjunctive, entry: number, line: number, add: AddMove): void {
  const head = graph.headBeside(entry);
  const tail = graph.tailBeside(entry);
  const minutes = real(graph.duration, int(graph.taskOf, entry));
  let [best, at] = [Number.POSITIVE_INFINITY, NONE];
  let before = NONE;
  for (let after = int(graph.firstOn, line); ; after = int(graph.next, after)) {
    const end = graph.endOf(before);
    const rest = graph.restFrom(after);
    // No path leads from the task to the one before, nor from the one after to the task.
    const leads = before !== NONE && graph.restFrom(before) <= tail;
    const isLed = after !== NONE && graph.endOf(after) <= head;
    const length = Math.max(head, end) + minutes + Math.max(tail, rest);
    if (!leads && !isLed && length < best) [best, at] = [length, before];
    if (after === NONE || leads) break;
    before = after;
  }
  if (best < Number.POSITIVE_INFINITY) add(entry, at, line, best);
}
