import { int, real } from '../graph/sparse.ts';
import type { Disjunctive } from './disjunctive.ts';
import { NONE } from './task-order.ts';

/** An entry is taken out and put behind another one (NONE: as the first) on a line. */
export interface Move {
  readonly entry: number;
  readonly before: number;
  readonly line: number;
  /** What the makespan becomes at least through the moved tasks, about. */
  readonly estimate: number;
}

/** A part of a block, both ends included. */
interface Stretch {
  readonly block: readonly number[];
  readonly from: number;
  readonly to: number;
}

/** Used again for every estimate: a new sequence of entries on a stretch, and the heads of its tasks. */
const sequence: number[] = [];
const heads: number[] = [];

/**
 * Moves within blocks of a critical path: each task to the beginning or the end of its block, the outer ones also
 * inwards (the neighbourhood N7; Zhang and others 2007, after Balas and Vazacopoulos 1998). Nothing else shortens the
 * path on that line. Where a circle could arise the move is left out.
 */
export function blockMoves(graph: Disjunctive, block: readonly number[], add: (move: Move) => void): void {
  const last = block.length - 1;
  for (let from = 0; from < last; from++) moveRight(graph, { block, from, to: last }, add);
  for (let to = 1; to < last; to++) moveRight(graph, { block, from: 0, to }, add);
  for (let to = 2; to <= last; to++) moveLeft(graph, { block, from: 0, to }, add);
  for (let from = 1; from < last - 1; from++) moveLeft(graph, { block, from, to: last }, add);
}

/** The first of a stretch behind the last. */
function moveRight(graph: Disjunctive, { block, from, to }: Stretch, add: (move: Move) => void): void {
  const entry = block[from] ?? NONE;
  const last = block[to] ?? NONE;
  const line = int(graph.lineOf, entry);
  // A path from what follows the task otherwise to the last one would become a circle.
  const rest = graph.tailWithout(int(graph.taskOf, entry), line);
  if (rest >= graph.restFrom(int(graph.taskOf, last))) return;
  sequence.length = 0;
  for (let index = from + 1; index <= to; index++) sequence.push(block[index] ?? 0);
  sequence.push(entry);
  const before = int(graph.previous, entry);
  add({ entry, before: last, line, estimate: estimate(graph, before, int(graph.next, last)) });
}

/** The last of a stretch before the first. */
function moveLeft(graph: Disjunctive, { block, from, to }: Stretch, add: (move: Move) => void): void {
  const entry = block[to] ?? NONE;
  const first = block[from] ?? NONE;
  const line = int(graph.lineOf, entry);
  const head = graph.headWithout(int(graph.taskOf, entry), line);
  if (head >= graph.endOf(int(graph.taskOf, first))) return;
  sequence.length = 0;
  sequence.push(entry);
  for (let index = from; index < to; index++) sequence.push(block[index] ?? 0);
  const before = int(graph.previous, first);
  add({ entry, before, line, estimate: estimate(graph, before, int(graph.next, entry)) });
}

/** The longest path through the new sequence, between an entry before and one after it. */
function estimate(graph: Disjunctive, before: number, after: number): number {
  let time = before === NONE ? 0 : graph.endOf(int(graph.taskOf, before));
  for (let index = 0; index < sequence.length; index++) {
    const entry = sequence[index] ?? 0;
    const task = int(graph.taskOf, entry);
    const head = Math.max(time, graph.headWithout(task, int(graph.lineOf, entry)));
    heads[index] = head;
    time = head + real(graph.duration, task);
  }
  let rest = after === NONE ? 0 : graph.restFrom(int(graph.taskOf, after));
  let longest = 0;
  for (let index = sequence.length - 1; index >= 0; index--) {
    const entry = sequence[index] ?? 0;
    const task = int(graph.taskOf, entry);
    rest = Math.max(rest, graph.tailWithout(task, int(graph.lineOf, entry))) + real(graph.duration, task);
    longest = Math.max(longest, (heads[index] ?? 0) + rest);
  }
  return longest;
}

/** The best place for a task's entry on another line. */
export function lineMove(graph: Disjunctive, entry: number, line: number, add: (move: Move) => void): void {
  const task = int(graph.taskOf, entry);
  const own = int(graph.lineOf, entry);
  const head = graph.headWithout(task, own);
  const tail = graph.tailWithout(task, own);
  let [best, at] = [Number.POSITIVE_INFINITY, NONE];
  let before = NONE;
  for (let after = int(graph.firstOn, line); ; after = int(graph.next, after)) {
    const end = before === NONE ? 0 : graph.endOf(int(graph.taskOf, before));
    const rest = after === NONE ? 0 : graph.restFrom(int(graph.taskOf, after));
    // No path leads from the task to the one before, nor from the one after to the task.
    const leads = before !== NONE && graph.restFrom(int(graph.taskOf, before)) <= tail;
    const isLed = after !== NONE && graph.endOf(int(graph.taskOf, after)) <= head;
    const length = Math.max(head, end) + real(graph.duration, task) + Math.max(tail, rest);
    if (!leads && !isLed && length < best) [best, at] = [length, before];
    if (after === NONE || leads) break;
    before = after;
  }
  if (best < Number.POSITIVE_INFINITY) add({ entry, before: at, line, estimate: best });
}
