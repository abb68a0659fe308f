import { int, real } from '../graph/sparse.ts';
import { Slots, startOrder } from '../schedule/slots.ts';
import { isShorter, orderByStart, type Solution } from '../schedule/solution.ts';
import { CriticalPath } from './critical.ts';
import { Disjunctive } from './disjunctive.ts';
import type { Lines } from './lines.ts';
import { BlockMoves, lineMove } from './moves.ts';
import { Random } from './random.ts';
import { Tabus } from './tabus.ts';
import type { Search, SearchTask } from './task.ts';
import { NONE } from './task-order.ts';

/** Of the tasks on the critical path, so many are offered other workers in a step. */
const MOST_MOVED = 12;

interface Move {
  entry: number;
  before: number;
  line: number;
  estimate: number;
}

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
  private readonly path: CriticalPath;
  private readonly moves: BlockMoves;
  private readonly random: Random;
  private readonly tabus: Tabus;
  private readonly cost: number;
  private readonly patience: number;
  private bestSequences: readonly Int32Array[];
  private bestLength: number;
  private steps = 0;
  private sinceBest = 0;
  /** The best move of this step so far, and how many are as good; and any move, by chance. */
  private readonly chosen: Move = { entry: NONE, before: NONE, line: NONE, estimate: 0 };
  private readonly any: Move = { entry: NONE, before: NONE, line: NONE, estimate: 0 };
  private tied = 0;
  private seen = 0;
  /** Whether any move will do. */
  private wanders = false;
  private readonly consider = (entry: number, before: number, line: number, estimate: number): void => {
    this.seen++;
    if ((this.tied === 0 || this.wanders) && (this.seen === 1 || this.random.next() * this.seen < 1))
      set(this.any, entry, before, line, estimate);
    if (this.wanders) return;
    if (this.tied > 0 && estimate > this.chosen.estimate) return;
    if (estimate >= this.bestLength && this.isTabu(entry, before, line)) return;
    this.tied = this.tied > 0 && estimate === this.chosen.estimate ? this.tied + 1 : 1;
    if (this.tied === 1 || this.random.next() * this.tied < 1)
      set(this.chosen, entry, before, line, estimate);
  };

  constructor(task: SearchTask, lines: Lines) {
    const { instance, first, seed } = task;
    this.task = task;
    this.lines = lines;
    this.best = first;
    this.random = new Random(seed + 1);
    this.tabus = new Tabus();
    this.graph = new Disjunctive(instance, { ...lines, lineOf: lines.lineOf.slice() });
    this.path = new CriticalPath(this.graph, this.random);
    this.moves = new BlockMoves(this.graph, this.consider);
    this.start(first);
    this.bestLength = this.graph.makespan;
    this.bestSequences = this.graph.sequences.map((array) => array.slice());
    this.cost = 1 + (2 * instance.count + 2 * instance.blockers.items.length + 3 * lines.lineOf.length) / 430;
    this.patience = 900 + 6 * instance.count;
  }

  step(): void {
    this.steps++;
    this.sinceBest++;
    this.work += this.cost;
    if (this.sinceBest > this.patience) this.startAgain();
    this.collect();
    const move = this.tied > 0 ? this.chosen : this.any;
    if (this.seen === 0) this.startAgain();
    else if (this.make(move) && this.graph.makespan < this.bestLength * (1 - 1e-9)) this.keep();
  }

  private start({ order, timetable }: Solution): void {
    const { instance } = this.task;
    const byStart = startOrder(order, timetable);
    const slots = new Slots(instance, timetable);
    for (const task of byStart) {
      const slot = slots.take(task);
      const entry = int(this.graph.entryStart, task + 1) - 1;
      if (entry < int(this.graph.entryStart, task) || int(this.graph.lineOf, entry) !== NONE) continue;
      this.graph.lineOf[entry] = this.lines.keyCount + slot;
    }
    this.graph.lineUp(byStart);
    this.graph.renew();
  }

  /** The best move that is not tabu, or that leads below the best; any move where all are tabu. */
  private collect(): void {
    this.tied = 0;
    this.seen = 0;
    this.path.find();
    this.moves.addAll(this.path);
    this.offerWorkers();
  }

  private offerWorkers(): void {
    const { tasks, length } = this.path;
    const skip = Math.max(1, Math.ceil(length / MOST_MOVED));
    for (let index = skip === 1 ? 0 : this.random.below(skip); index < length; index += skip) {
      const task = int(tasks, index);
      const entry = int(this.graph.entryStart, task + 1) - 1;
      const own = entry < int(this.graph.entryStart, task) ? NONE : int(this.graph.lineOf, entry);
      if (own < this.lines.keyCount) continue;
      const slots = this.lines.slotsOf[int(this.task.instance.kindOf, task)] ?? [];
      for (const line of slots) if (line !== own) lineMove(this.graph, entry, line, this.consider);
    }
  }

  private isTabu(entry: number, before: number, line: number): boolean {
    const { graph, tabus, steps } = this;
    const task = int(graph.taskOf, entry);
    if (line !== int(graph.lineOf, entry)) return tabus.has(task, graph.duration.length + line, steps);
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
  private make({ entry, before, line }: Move): boolean {
    this.forbidReturn(entry, before, line);
    return this.graph.move(entry, before, line);
  }

  private forbidReturn(entry: number, before: number, line: number): void {
    const { graph, tabus } = this;
    const task = int(graph.taskOf, entry);
    const own = int(graph.lineOf, entry);
    const until = this.steps + 5 + this.random.below(8 + (graph.taskOf.length / graph.firstOn.length) * 0.5);
    if (line !== own) tabus.add(task, graph.duration.length + own, until);
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
    for (const [index, array] of this.graph.sequences.entries()) this.bestSequences[index]?.set(array);
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
    const start = graph.head.slice(0, pool.length);
    const end = graph.end.slice(0, pool.length);
    return { start, end, pool, makespan: graph.makespan };
  }

  private startAgain(): void {
    this.sinceBest = 0;
    this.tabus.clear();
    for (const [index, array] of this.graph.sequences.entries())
      array.set(this.bestSequences[index] ?? array);
    this.graph.renew();
    this.wanders = true;
    for (let turn = 2 + this.random.below(8); turn > 0; turn--) {
      this.collect();
      if (this.seen > 0) this.make(this.any);
    }
    this.wanders = false;
  }
}

function set(move: Move, entry: number, before: number, line: number, estimate: number): void {
  move.entry = entry;
  move.before = before;
  move.line = line;
  move.estimate = estimate;
}
