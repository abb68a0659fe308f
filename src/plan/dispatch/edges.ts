import { Ints, int } from '../graph/sparse.ts';

/** Who waits for whom: lists that grow, both ways, through one row of edges. */
export class Edges {
  /** The last edge of each task, to what it waits for and to what waits for it; 0: none. Edges count from 1. */
  private readonly lastIn: number[] = [];
  private readonly lastOut: number[] = [];
  private readonly blocker = new Ints(16);
  private readonly dependent = new Ints(16);
  private readonly nextIn = new Ints(16);
  private readonly nextOut = new Ints(16);
  private readonly dead = new Set<number>();

  constructor() {
    for (const list of [this.blocker, this.dependent, this.nextIn, this.nextOut]) list.push(0);
  }

  /** Makes room for one more task. */
  addTask(): void {
    this.lastIn.push(0);
    this.lastOut.push(0);
  }

  add(dependent: number, blocker: number): void {
    const edge = this.blocker.length;
    this.blocker.push(blocker);
    this.dependent.push(dependent);
    this.nextIn.push(this.lastIn[dependent] ?? 0);
    this.nextOut.push(this.lastOut[blocker] ?? 0);
    this.lastIn[dependent] = edge;
    this.lastOut[blocker] = edge;
  }

  /** Whether there was such an edge. Takes as long as the task has blockers. */
  remove(dependent: number, blocker: number): boolean {
    const [blockers, next] = [this.blocker.taken(), this.nextIn.taken()];
    for (let edge = this.lastIn[dependent] ?? 0; edge > 0; edge = int(next, edge)) {
      if (int(blockers, edge) !== blocker || this.dead.has(edge)) continue;
      this.dead.add(edge);
      return true;
    }
    return false;
  }

  /** What the task waits for or waited for. */
  blockersOf(task: number): readonly number[] {
    return this.along(this.lastIn[task] ?? 0, this.nextIn, this.blocker);
  }

  dependentsOf(task: number): readonly number[] {
    return this.along(this.lastOut[task] ?? 0, this.nextOut, this.dependent);
  }

  /** A way from a task to another one along what waits for them, both included; null: there is none. */
  pathFrom(task: number, to: number): readonly number[] | null {
    const cameFrom = new Map([[task, -1]]);
    const stack = [task];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      if (next === to) return back(cameFrom, to);
      for (const dependent of this.dependentsOf(next)) {
        if (cameFrom.has(dependent)) continue;
        cameFrom.set(dependent, next);
        stack.push(dependent);
      }
    }
    return null;
  }

  private along(first: number, links: Ints, tasks: Ints): readonly number[] {
    if (first === 0) return NONE;
    const [next, ends] = [links.taken(), tasks.taken()];
    const found: number[] = [];
    for (let edge = first; edge > 0; edge = int(next, edge))
      if (this.dead.size === 0 || !this.dead.has(edge)) found.push(int(ends, edge));
    return found;
  }
}

const NONE: readonly number[] = [];

function back(cameFrom: ReadonlyMap<number, number>, to: number): readonly number[] {
  const path: number[] = [];
  for (let at = to; at >= 0; at = cameFrom.get(at) ?? -1) path.unshift(at);
  return path;
}
