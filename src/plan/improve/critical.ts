import { int, real } from '../graph/sparse.ts';
import type { Disjunctive } from './disjunctive.ts';
import type { Random } from './random.ts';
import { NONE } from './task-order.ts';

/** A longest path, cut into blocks: entries that follow each other on one line. */
export interface CriticalPath {
  readonly tasks: readonly number[];
  readonly blocks: readonly (readonly number[])[];
}

/** One of the longest paths, by chance. */
export function criticalPathOf(graph: Disjunctive, random: Random): CriticalPath {
  const tasks: number[] = [];
  const blocks: number[][] = [];
  let block: number[] = [];
  let entry = NONE;
  for (let task = lastTask(graph, random); task !== NONE; ) {
    tasks.push(task);
    const link = linkBefore(graph, task, entry === NONE ? NONE : int(graph.lineOf, entry), random);
    if (
      link.entry === NONE ||
      block.length === 0 ||
      int(graph.lineOf, link.entry) !== int(graph.lineOf, block[0] ?? 0)
    ) {
      if (block.length > 1) blocks.push(block.reverse());
      block = link.entry === NONE ? [] : [link.entry];
    }
    entry = link.entry === NONE ? NONE : int(graph.previous, link.entry);
    if (entry !== NONE) block.push(entry);
    task = link.task;
  }
  if (block.length > 1) blocks.push(block.reverse());
  return { tasks, blocks };
}

function lastTask({ head, duration, makespan }: Disjunctive, random: Random): number {
  let found = NONE;
  let seen = 0;
  for (let task = 0; task < head.length; task++) {
    if (real(head, task) + real(duration, task) < makespan * (1 - 1e-12)) continue;
    seen++;
    if (random.next() * seen < 1) found = task;
  }
  return found;
}

/** A task that ends when this one starts, and the entry of this one by which it must wait (NONE: it is a blocker). */
function linkBefore(
  graph: Disjunctive,
  task: number,
  line: number,
  random: Random,
): { readonly task: number; readonly entry: number } {
  const time = real(graph.head, task);
  let link = { task: NONE, entry: NONE };
  let seen = 0;
  const { start, items } = graph.blockers;
  for (let at = int(start, task); at < int(start, task + 1); at++) {
    if (graph.endOf(int(items, at)) !== time) continue;
    seen++;
    if (random.next() * seen < 1) link = { task: int(items, at), entry: NONE };
  }
  for (let entry = int(graph.entryStart, task); entry < int(graph.entryStart, task + 1); entry++) {
    const before = int(graph.previous, entry);
    if (before === NONE || graph.endOf(int(graph.taskOf, before)) !== time) continue;
    seen++;
    // Longer blocks give more moves.
    if (int(graph.lineOf, entry) === line || random.next() * seen < 1)
      link = { task: int(graph.taskOf, before), entry };
    if (int(graph.lineOf, entry) === line) return link;
  }
  return link;
}
