import type { PlanGraph } from './plan-graph.ts';

/**
 * What could run together, in order, for people to look at: each task in the first batch after those of its blockers
 * in which none shares a key with it. Nothing waits for a batch to end.
 */
export function batchesOf(graph: PlanGraph, order: readonly number[]): readonly (readonly number[])[] {
  const batch = new Int32Array(graph.ids.length).fill(-1);
  const used = new Map<string, NextFree>();
  for (const task of graph.topological) {
    let first = 0;
    for (const blocker of graph.before[task] ?? []) first = Math.max(first, (batch[blocker] ?? 0) + 1);
    batch[task] = takeFree(used, graph.tasks[task]?.exclusiveKeys ?? [], first);
  }
  const batches: number[][] = [];
  for (const task of order) {
    const place = batch[task] ?? 0;
    const known = batches[place];
    if (known) known.push(task);
    else batches[place] = [task];
  }
  return Array.from(batches, (tasks) => tasks ?? []).filter((tasks) => tasks.length > 0);
}

function takeFree(used: Map<string, NextFree>, keys: readonly string[], first: number): number {
  const lines = [...new Set(keys)].map((key) => {
    const line = used.get(key) ?? new NextFree();
    used.set(key, line);
    return line;
  });
  let place = first;
  for (let settled = false; !settled; ) {
    const next = lines.reduce((latest, line) => Math.max(latest, line.from(place)), place);
    settled = next === place;
    place = next;
  }
  for (const line of lines) line.take(place);
  return place;
}

/** The next batch in which a key is not used; with path compression, so that 10,000 tasks on one key stay cheap. */
class NextFree {
  readonly #next = new Map<number, number>();

  from(place: number): number {
    let free = place;
    for (let next = this.#next.get(free); next !== undefined; next = this.#next.get(free)) free = next;
    for (let at = place; at !== free; ) {
      const next = this.#next.get(at) ?? free;
      this.#next.set(at, free);
      at = next;
    }
    return free;
  }

  take(place: number): void {
    this.#next.set(place, place + 1);
  }
}
