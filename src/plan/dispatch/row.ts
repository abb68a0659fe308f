import { int } from '../graph/sparse.ts';
import { FitTree } from '../schedule/fit-tree.ts';

/** Told of every move, so that what lies at the places can move too. */
export interface RowListener {
  /** All places are new. */
  resized(size: number): void;
  left(place: number): void;
  put(task: number, place: number): void;
}

/*
 * Tasks in the order of their priority, each at a place with free places between: one more can be put in anywhere while
 * only a few others move. Where a part of the row is too full, the smallest part around it that is not is spread evenly
 * (a packed-memory array; Itai, Konheim and Rodeh 1981): amortised O(log² n) moves for the worst order of insertions,
 * hardly any for others.
 */
export class Row {
  /** How many places there are: a power of two. */
  size = 0;
  private tasks = new Int32Array(0);
  private places = new Int32Array(0);
  /** Which places are taken. */
  private taken = new FitTree({ size: 1, width: 0 });
  private readonly listener: RowListener;

  constructor(listener: RowListener) {
    this.listener = listener;
  }

  /** The task at a place, or -1. */
  taskAt(place: number): number {
    return int(this.tasks, place) - 1;
  }

  placeOf(task: number): number {
    return int(this.places, task);
  }

  /** The first task at the place or behind it; -1: there is none. */
  firstFrom(place: number): number {
    const found = this.taken.first(place, 1, NO_LIMITS);
    return found < 0 ? -1 : this.taskAt(found);
  }

  /** Puts these tasks in this order, and no others. */
  fill(order: readonly number[]): void {
    this.size = 2 ** Math.ceil(Math.log2(Math.max(16, 2 * order.length)));
    this.tasks = new Int32Array(this.size);
    this.taken = new FitTree({ size: this.size, width: 0 });
    this.listener.resized(this.size);
    this.spread(order, 0, this.size);
  }

  /** Puts a task before another one, or at the end (-1). */
  insert(task: number, before: number): void {
    const end = before < 0 ? this.size : this.placeOf(before);
    if (end > 0 && this.taskAt(end - 1) < 0) this.put(task, end - 1);
    else this.makeRoom(task, Math.min(end, this.size - 1), before);
  }

  remove(task: number): void {
    const place = this.placeOf(task);
    this.tasks[place] = 0;
    this.taken.clear(place);
    this.listener.left(place);
  }

  /** All tasks, first to start first. */
  order(): readonly number[] {
    return this.within(0, this.size);
  }

  private makeRoom(task: number, place: number, before: number): void {
    const height = Math.log2(this.size);
    for (let level = 1; level <= height; level++) {
      const width = 2 ** level;
      const from = place - (place % width);
      const tasks = this.within(from, from + width);
      if (tasks.length + 1 > width * (1 - (0.5 * level) / height)) continue;
      this.spread(withOneMore(tasks, task, before), from, from + width);
      return;
    }
    this.fill(withOneMore(this.order(), task, before));
  }

  private within(from: number, to: number): readonly number[] {
    const tasks: number[] = [];
    for (let place = from; place < to; place++) if (this.taskAt(place) >= 0) tasks.push(this.taskAt(place));
    return tasks;
  }

  private spread(tasks: readonly number[], from: number, to: number): void {
    for (let place = from; place < to; place++) {
      if (int(this.tasks, place) === 0) continue;
      this.tasks[place] = 0;
      this.taken.clear(place);
      this.listener.left(place);
    }
    const step = (to - from) / Math.max(1, tasks.length);
    for (const [index, task] of tasks.entries()) this.put(task, from + Math.floor((index + 0.5) * step));
  }

  private put(task: number, place: number): void {
    if (task >= this.places.length) {
      const more = new Int32Array(Math.max(16, 2 * (task + 1)));
      more.set(this.places);
      this.places = more;
    }
    this.tasks[place] = task + 1;
    this.places[task] = place;
    this.taken.set(place, 1, NO_LIMITS);
    this.listener.put(task, place);
  }
}

const NO_LIMITS = new Float64Array(0);

function withOneMore(tasks: readonly number[], task: number, before: number): readonly number[] {
  const at = before < 0 ? -1 : tasks.indexOf(before);
  return at < 0 ? [...tasks, task] : [...tasks.slice(0, at), task, ...tasks.slice(at)];
}
