/** `from` waits for `to`. */
export interface Edge<Id> {
  readonly from: Id;
  readonly to: Id;
}

/** Nodes that all wait for each other. */
export interface Circle<Id> {
  /** One way round, as short as it gets from its least node: each waits for the next; the first stands again at the end. */
  readonly path: readonly Id[];
  /** All of the strongly connected component, in order. */
  readonly members: readonly Id[];
}

/**
 * Every strongly connected component with a cycle in it, least members first, whatever the order of the edges.
 * Iterative (Tarjan 1972, and a breadth-first search for the path): a chain of any length is no problem.
 */
export function findCycles<Id extends string | number>(edges: readonly Edge<Id>[]): readonly Circle<Id>[] {
  const ids = [...new Set(edges.flatMap(({ from, to }) => [from, to]))].sort(compareIds);
  const index = new Map(ids.map((id, at) => [id, at]));
  const next: number[][] = ids.map(() => []);
  for (const { from, to } of edges) next[index.get(from) ?? 0]?.push(index.get(to) ?? 0);
  for (const list of next) list.sort((a, b) => a - b);
  const circles = components(next).filter(
    ([first, ...rest]) => rest.length > 0 || next[first ?? 0]?.includes(first ?? 0),
  );
  const named = (nodes: readonly number[]): readonly Id[] =>
    nodes.flatMap((node) => ids.slice(node, node + 1));
  return circles
    .map((members) => members.toSorted((a, b) => a - b))
    .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0))
    .map((members) => ({ path: named(wayRound(next, members)), members: named(members) }));
}

/** Numbers by size, texts by code units, numbers first. */
function compareIds(a: string | number, b: string | number): number {
  if (typeof a === typeof b) return a < b ? -1 : a > b ? 1 : 0;
  return typeof a === 'number' ? -1 : 1;
}

interface Search {
  readonly next: readonly (readonly number[])[];
  readonly order: Int32Array;
  readonly low: Int32Array;
  readonly onStack: Uint8Array;
  readonly stack: number[];
  readonly found: number[][];
  count: number;
}

function components(next: readonly (readonly number[])[]): readonly number[][] {
  const search: Search = {
    next,
    order: new Int32Array(next.length),
    low: new Int32Array(next.length),
    onStack: new Uint8Array(next.length),
    stack: [],
    found: [],
    count: 0,
  };
  for (let node = 0; node < next.length; node++) if (search.order[node] === 0) explore(search, node);
  return search.found;
}

/** Depth first from one node; `path` takes the place of the call stack. */
function explore(search: Search, root: number): void {
  const path = [{ node: enter(search, root), edge: 0 }];
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const target = search.next[top.node]?.[top.edge++];
    if (target === undefined) {
      path.pop();
      leave(search, top.node, path.at(-1)?.node);
    } else if (search.order[target] === 0) path.push({ node: enter(search, target), edge: 0 });
    else if (search.onStack[target] === 1) lower(search, top.node, search.order[target] ?? 0);
  }
}

function enter(search: Search, node: number): number {
  search.count++;
  search.order[node] = search.count;
  search.low[node] = search.count;
  search.onStack[node] = 1;
  search.stack.push(node);
  return node;
}

function leave(search: Search, node: number, parent: number | undefined): void {
  if (parent !== undefined) lower(search, parent, search.low[node] ?? 0);
  if (search.low[node] !== search.order[node]) return;
  const members = search.stack.splice(search.stack.lastIndexOf(node));
  for (const member of members) search.onStack[member] = 0;
  search.found.push(members);
}

function lower(search: Search, node: number, value: number): void {
  search.low[node] = Math.min(search.low[node] ?? 0, value);
}

/** The shortest way from the least member back to itself. */
function wayRound(next: readonly (readonly number[])[], members: readonly number[]): readonly number[] {
  const start = members[0] ?? 0;
  const inside = new Set(members);
  const cameFrom = new Map<number, number>();
  const queue = [start];
  for (let at = 0; at < queue.length && !cameFrom.has(start); at++) {
    const node = queue[at] ?? start;
    for (const target of next[node] ?? []) {
      if (!inside.has(target) || cameFrom.has(target)) continue;
      cameFrom.set(target, node);
      queue.push(target);
    }
  }
  return backTo(start, cameFrom);
}

function backTo(start: number, cameFrom: ReadonlyMap<number, number>): readonly number[] {
  const path = [start];
  let node = cameFrom.get(start);
  while (node !== undefined && node !== start) {
    path.push(node);
    node = cameFrom.get(node);
  }
  return [...path, start].reverse();
}
