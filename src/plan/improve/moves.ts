import { int, real } from '../graph/sparse.ts';
import { type Disjunctive, NONE } from './disjunctive.ts';

/** An entry is taken out and put behind another one (NONE: as the first) on a line. */
export interface Move {
  readonly entry: number;
  readonly before: number;
  readonly line: number;
  /** What the makespan becomes at least through the moved tasks, about. */
  readonly estimate: number;
}

/** Heads of the tasks on a stretch of a line, in a new sequence. */
const heads: number[] = [];

/**
 * Moves within blocks of a critical path: each task to the beginning or the end of its block, the outer ones also
 * inwards (the neighbourhood N7; Zhang and others 2007, after Balas and Vazacopoulos 1998). Nothing else shortens the
 * path on that line. Where a circle could arise the move is left out.
 */
export function blockMoves(graph: Disjunctive, block: readonly number[], add: (move: Move) => void): void {
  const last = block.length - 1;
  for (let from = 0; from < last; from++) moveRight(graph, block.slice(from), add);
  for (let to = 1; to < last; to++) moveRight(graph, block.slice(0, to + 1), add);
  for (let from = 2; from <= last; from++) moveLeft(graph, block.slice(0, from + 1), add);
  for (let from = 1; from < last - 1; from++) moveLeft(graph, block.slice(from), add);
}

/** The first of a stretch behind the last. */
function moveRight(graph: Disjunctive, stretch: readonly number[], add: (move: Move) => void): void {
  const [entry = NONE, ...others] = stretch;
  const last = others.at(-1) ?? entry;
  const line = int(graph.lineOf, entry);
  const task = int(graph.taskOf, entry);
  // A path from what follows the task otherwise to the last one would become a circle.
  if (graph.tailWithout(task, line) >= graph.restFrom(int(graph.taskOf, last))) return;
  add({
    entry,
    before: last,
    line,
    estimate: estimate(graph, [...others, entry], int(graph.previous, entry), int(graph.next, last)),
  });
}

/** The last of a stretch before the first. */
function moveLeft(graph: Disjunctive, stretch: readonly number[], add: (move: Move) => void): void {
  const entry = stretch.at(-1) ?? NONE;
  const others = stretch.slice(0, -1);
  const first = others[0] ?? entry;
  const line = int(graph.lineOf, entry);
  const task = int(graph.taskOf, entry);
  if (graph.headWithout(task, line) >= graph.endOf(int(graph.taskOf, first))) return;
  add({
    entry,
    before: int(graph.previous, first),
    line,
    estimate: estimate(graph, [entry, ...others], int(graph.previous, first), int(graph.next, entry)),
  });
}

/** The longest path through tasks in a new sequence on a line, between an entry before and one after them. */
function estimate(graph: Disjunctive, sequence: readonly number[], before: number, after: number): number {
  let time = before === NONE ? 0 : graph.endOf(int(graph.taskOf, before));
  for (const [index, entry] of sequence.entries()) {
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
