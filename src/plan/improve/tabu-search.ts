import { int, real } from '../graph/sparse.ts';
import { assignSlots, startOrder } from '../schedule/slots.ts';
import { isShorter, orderByStart, type Solution } from '../schedule/solution.ts';
import { type CriticalPath, criticalPathOf } from './critical.ts';
import { Disjunctive } from './disjunctive.ts';
import type { Lines } from './lines.ts';
import { blockMoves, lineMove, type Move } from './moves.ts';
import { Random } from './random.ts';
import { Tabus } from './tabus.ts';
import type { Search, SearchTask } from './task.ts';
import { NONE } from './task-order.ts';

/** Of the tasks on the critical path, so many are offered other workers in a step. */
const MOST_MOVED = 12;

/*
 * Tabu search over the sequences on keys and workers: the best move within the blocks of a critical path, or of one of
 * its tasks to another worker, also where it makes the schedule longer; what was just turned round stays so for a
 * while. After long without success it starts again near the best.
 */
export class TabuSearch implements Search {
  best: Solution;
  work = 0;
  private readonly task: SearchTask;
  private readonly lines: Lines;
  private readonly graph: Disjunctive;
  private readonly random: Random;
  private readonly tabus: Tabus;
  private readonly cost: number;
  private readonly patience: number;
  private bestSequences: Sequences;
  private bestLength: number;
  private steps = 0;
  private sinceBest = 0;

  constructor(task: SearchTask, lines: Lines) {
    const { instance, first, seed } = task;
    this.task = task;
    this.lines = lines;
    this.best = first;
    this.random = new Random(seed + 1);
    this.tabus = new Tabus();
    this.graph = new Disjunctive(instance, { ...lines, lineOf: lines.lineOf.slice() });
    this.start(first);
    this.bestLength = this.graph.makespan;
    this.bestSequences = sequencesOf(this.graph);
    this.cost = 1 + (2 * instance.count + 2 * instance.blockers.items.length + 3 * lines.lineOf.length) / 120;
    this.patience = 600 + 6 * instance.count;
  }

  step(): void {
    this.steps++;
    this.sinceBest++;
    this.work += this.cost;
    if (this.sinceBest > this.patience) this.startAgain();
    const move = this.choose(criticalPathOf(this.graph, this.random));
    if (move === null) this.startAgain();
    else if (this.make(move) && this.graph.makespan < this.bestLength * (1 - 1e-9)) this.keep();
  }

  private start({ order, timetable }: Solution): void {
    const { instance } = this.task;
    const byStart = startOrder(order, timetable);
    const slotOf = assignSlots(instance, byStart, timetable);
    for (let task = 0; task < instance.count; task++) {
      const entry = int(this.graph.entryStart, task + 1) - 1;
      if (entry < int(this.graph.entryStart, task) || int(this.graph.lineOf, entry) !== NONE) continue;
      const pool = instance.pools[int(timetable.pool, task)];
      this.graph.lineOf[entry] = this.lines.keyCount + (pool?.first ?? 0) + int(slotOf, task);
    }
    this.graph.lineUp(byStart);
    this.graph.renew();
  }

  /** The best move that is not tabu, or that leads below the best; any move where all are tabu. */
  private choose(path: CriticalPath): Move | null {
    let best: Move | null = null;
    let tied = 1;
    let any: Move | null = null;
    let count = 0;
    const consider = (move: Move): void => {
      count++;
      if (this.random.next() * count < 1) any = move;
      if (best !== null && move.estimate > best.estimate) return;
      if (move.estimate >= this.bestLength && this.isTabu(move)) return;
      tied = best !== null && move.estimate === best.estimate ? tied + 1 : 1;
      if (tied === 1 || this.random.next() * tied < 1) best = move;
    };
    for (const block of path.blocks) blockMoves(this.graph, block, consider);
    this.offerWorkers(path, consider);
    return best ?? any;
  }

  private offerWorkers({ tasks }: CriticalPath, consider: (move: Move) => void): void {
    const skip = Math.max(1, Math.ceil(tasks.length / MOST_MOVED));
    for (let index = this.random.below(skip); index < tasks.length; index += skip) {
      const task = tasks[index] ?? 0;
      const entry = int(this.graph.entryStart, task + 1) - 1;
      const own = entry < int(this.graph.entryStart, task) ? NONE : int(this.graph.lineOf, entry);
      if (own < this.lines.keyCount) continue;
      for (const line of this.lines.slotsOf[int(this.task.instance.kindOf, task)] ?? [])
        if (line !== own) lineMove(this.graph, entry, line, consider);
    }
  }

  private isTabu({ entry, before, line }: Move): boolean {
    const { graph, tabus, steps } = this;
    const task = int(graph.taskOf, entry);
    if (line !== int(graph.lineOf, entry)) return tabus.has(task, graph.head.length + line, steps);
    if (this.isToRight(entry, before)) {
      for (let other = before; other !== entry; other = int(graph.previous, other))
        if (tabus.has(int(graph.taskOf, other), task, steps)) return true;
      return false;
    }
    for (let other = int(graph.previous, entry); other !== before; other = int(graph.previous, other))
      if (tabus.has(task, int(graph.taskOf, other), steps)) return true;
    return false;
  }

  private isToRight(entry: number, before: number): boolean {
    if (before === NONE) return false;
    const { head, taskOf } = this.graph;
    return real(head, int(taskOf, before)) > real(head, int(taskOf, entry));
  }

  /** Makes a move, unless it leads to a circle. */
  private make(move: Move): boolean {
    this.forbidReturn(move, int(this.graph.lineOf, move.entry));
    return this.graph.move(move.entry, move.before, move.line);
  }

  private forbidReturn({ entry, before, line }: Move, own: number): void {
    const { graph, tabus } = this;
    const task = int(graph.taskOf, entry);
    const until = this.steps + 5 + this.random.below(8 + (graph.taskOf.length / graph.firstOn.length) * 0.5);
    if (line !== own) tabus.add(task, graph.head.length + own, until);
    else if (this.isToRight(entry, before)) {
      for (let other = before; other !== entry; other = int(graph.previous, other))
        tabus.add(task, int(graph.taskOf, other), until);
    } else {
      for (let other = int(graph.previous, entry); other !== before; other = int(graph.previous, other))
        tabus.add(int(graph.taskOf, other), task, until);
    }
  }

  private keep(): void {
    this.sinceBest = 0;
    this.bestLength = this.graph.makespan;
    this.bestSequences = sequencesOf(this.graph);
    const timetable = this.timetable();
    if (isShorter(timetable, this.best.timetable))
      this.best = { order: orderByStart(this.task.ranking, timetable.start), timetable };
  }

  private timetable(): Solution['timetable'] {
    const { graph } = this;
    const { pool: first } = this.task.first.timetable;
    const pool = first.slice();
    for (let task = 0; task < pool.length; task++) {
      const entry = int(graph.entryStart, task + 1) - 1;
      const line = entry < int(graph.entryStart, task) ? NONE : int(graph.lineOf, entry);
      if (line >= this.lines.keyCount) pool[task] = int(this.lines.poolOf, line - this.lines.keyCount);
    }
    const start = graph.head.slice();
    return {
      start,
      end: start.map((time, task) => time + real(graph.duration, task)),
      pool,
      makespan: graph.makespan,
    };
  }

  private startAgain(): void {
    this.sinceBest = 0;
    this.tabus.clear();
    restore(this.graph, this.bestSequences);
    this.graph.renew();
    for (let turn = 2 + this.random.below(8); turn > 0; turn--) {
      const moves: Move[] = [];
      const path = criticalPathOf(this.graph, this.random);
      for (const block of path.blocks) blockMoves(this.graph, block, (move) => moves.push(move));
      this.offerWorkers(path, (move) => moves.push(move));
      const move = moves[this.random.below(moves.length)];
      if (move !== undefined) this.make(move);
    }
  }
}

interface Sequences {
  readonly next: Int32Array;
  readonly previous: Int32Array;
  readonly firstOn: Int32Array;
  readonly lineOf: Int32Array;
}

const sequencesOf = ({ next, previous, firstOn, lineOf }: Disjunctive): Sequences => ({
  next: next.slice(),
  previous: previous.slice(),
  firstOn: firstOn.slice(),
  lineOf: lineOf.slice(),
});

function restore(graph: Disjunctive, { next, previous, firstOn, lineOf }: Sequences): void {
  graph.next.set(next);
  graph.previous.set(previous);
  graph.firstOn.set(firstOn);
  graph.lineOf.set(lineOf);
}
