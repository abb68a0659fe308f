import type { PlanTask } from '../../domain/plan.ts';
import { priorMinutesOf } from '../estimates/profile.ts';
import { tierOf } from '../request/read-tasks.ts';
import type { Edges } from './edges.ts';
import type { Row } from './row.ts';

/*
 * Where a task stands in the order: tiers first, a blocker having at least the tier of what waits for it, then the
 * critical-path rank, then the longer duration. Tasks that are there keep their places (the order may come from a search
 * that knew better than ranks), but for those that a later task or dependency makes more urgent.
 */
export class Standing {
  private readonly own: number[] = [];
  private readonly tiers: number[] = [];
  private readonly ranks: number[] = [];
  private readonly minutes: number[] = [];
  private readonly edges: Edges;
  private readonly row: Row;

  constructor(edges: Edges, row: Row) {
    this.edges = edges;
    this.row = row;
  }

  addTask({ priority, title, duration = priorMinutesOf(title) }: PlanTask): void {
    const tier = tierOf(priority);
    this.own.push(tier);
    this.tiers.push(tier);
    this.ranks.push(duration);
    this.minutes.push(duration);
  }

  /** Puts it where it belongs by its rank. */
  place(task: number): void {
    this.row.insert(task, this.firstBehind(task));
  }

  /** What the task waits for is at least as urgent as the task. Answers those that stand elsewhere now. */
  urge(task: number): readonly number[] {
    const moved: number[] = [];
    const stack = [task];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      for (const blocker of this.edges.blockersOf(next)) {
        if (!this.rise(blocker, next)) continue;
        moved.push(blocker);
        stack.push(blocker);
      }
    }
    return moved;
  }

  setPriority(task: number, priority: PlanTask['priority']): void {
    this.own[task] = tierOf(priority);
    const stack = [task];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const tier = this.tierByOthers(next);
      if (tier === this.tiers[next]) continue;
      this.tiers[next] = tier;
      this.replace(next);
      stack.push(...this.edges.blockersOf(next));
    }
  }

  /** Ranks of tasks that came together, dependents after their blockers. */
  rankAll(tasks: readonly number[]): void {
    for (const task of tasks.toReversed())
      for (const next of this.edges.dependentsOf(task)) this.raise(task, next);
  }

  private tierByOthers(task: number): number {
    let tier = this.own[task] ?? 0;
    for (const next of this.edges.dependentsOf(task)) tier = Math.max(tier, this.tierOf(next));
    return tier;
  }

  private rise(blocker: number, task: number): boolean {
    if (!this.raise(blocker, task)) return false;
    this.replace(blocker);
    return true;
  }

  private raise(blocker: number, task: number): boolean {
    const tier = Math.max(this.tierOf(blocker), this.tierOf(task));
    const rank = Math.max(this.ranks[blocker] ?? 0, (this.minutes[blocker] ?? 0) + (this.ranks[task] ?? 0));
    if (tier === this.tiers[blocker] && rank === this.ranks[blocker]) return false;
    this.tiers[blocker] = tier;
    this.ranks[blocker] = rank;
    return true;
  }

  private replace(task: number): void {
    this.row.remove(task);
    this.place(task);
  }

  private tierOf(task: number): number {
    return this.tiers[task] ?? 0;
  }

  /** The first task that is less urgent, as if all stood by their ranks; -1: there is none. */
  private firstBehind(task: number): number {
    let [from, to] = [0, this.row.size];
    while (from < to) {
      const other = this.row.firstFrom((from + to) >> 1);
      if (other < 0 || this.isBefore(task, other)) to = (from + to) >> 1;
      else from = this.row.placeOf(other) + 1;
    }
    return this.row.firstFrom(from);
  }

  private isBefore(a: number, b: number): boolean {
    const [tiers, ranks] = [this.tierOf(a) - this.tierOf(b), (this.ranks[a] ?? 0) - (this.ranks[b] ?? 0)];
    if (tiers !== 0) return tiers > 0;
    return ranks === 0 ? (this.minutes[a] ?? 0) > (this.minutes[b] ?? 0) : ranks > 0;
  }
}
