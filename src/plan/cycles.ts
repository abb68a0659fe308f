/** A group of nodes that all wait for each other. */
export interface Circle {
  /** One concrete way around, closed: the first node stands again at the end. */
  readonly path: readonly number[];
  /** All nodes of the strongly connected component, ascending. */
  readonly members: readonly number[];
}

interface Edge {
  readonly from: number;
  readonly to: number;
}

/**
 * Every circle among the edges, one for each strongly connected component (Tarjan 1972, with an explicit stack: a chain
 * of 100,000 must not overflow). A self-edge is a circle of one. Linear in nodes and edges; the order of the edges does
 * not matter.
 */
export function findCycles(edges: readonly Edge[]): readonly Circle[] {
  const next = adjacency(edges);
  const circles = components(next).filter((members) => isCircle(next, members));
  return circles
    .map((members) => ({
      members: members.toSorted((a, b) => a - b),
      path: wayAround(next, new Set(members)),
    }))
    .toSorted((a, b) => (a.members[0] ?? 0) - (b.members[0] ?? 0));
}

type Adjacency = ReadonlyMap<number, readonly number[]>;

function adjacency(edges: readonly Edge[]): Adjacency {
  const next = new Map<number, number[]>();
  for (const { from, to } of edges) {
    const known = next.get(from);
    if (known) known.push(to);
    else next.set(from, [to]);
  }
  for (const [node, targets] of next)
    next.set(
      node,
      [...new Set(targets)].toSorted((a, b) => a - b),
    );
  return new Map([...next].toSorted(([a], [b]) => a - b));
}

const isCircle = (next: Adjacency, members: readonly number[]): boolean => {
  const [only] = members;
  return members.length > 1 || (only !== undefined && (next.get(only) ?? []).includes(only));
};

interface Visit {
  readonly node: number;
  /** How many of the node's targets were followed. */
  followed: number;
}

function components(next: Adjacency): readonly (readonly number[])[] {
  const index = new Map<number, number>();
  const low = new Map<number, number>();
  const open: number[] = [];
  const isOpen = new Set<number>();
  const found: number[][] = [];
  for (const root of next.keys()) {
    if (index.has(root)) continue;
    const visits: Visit[] = [enter(root)];
    while (visits.length > 0) step(visits);
  }
  return found;

  function enter(node: number): Visit {
    index.set(node, index.size);
    low.set(node, index.size - 1);
    open.push(node);
    isOpen.add(node);
    return { node, followed: 0 };
  }

  function step(visits: Visit[]): void {
    const visit = visits.at(-1);
    if (!visit) return;
    const target = (next.get(visit.node) ?? [])[visit.followed];
    if (target === undefined) return leave(visits, visit);
    visit.followed += 1;
    if (!index.has(target)) visits.push(enter(target));
    else if (isOpen.has(target)) lower(visit.node, index.get(target));
  }

  function leave(visits: Visit[], { node }: Visit): void {
    visits.pop();
    const parent = visits.at(-1);
    if (parent) lower(parent.node, low.get(node));
    if (low.get(node) !== index.get(node)) return;
    const members = open.splice(open.lastIndexOf(node));
    for (const member of members) isOpen.delete(member);
    found.push(members);
  }

  function lower(node: number, to = Number.POSITIVE_INFINITY): void {
    low.set(node, Math.min(low.get(node) ?? to, to));
  }
}

/** The shortest way from the smallest member back to itself, inside the component. */
function wayAround(next: Adjacency, members: ReadonlySet<number>): readonly number[] {
  const start = Math.min(...members);
  const cameFrom = new Map<number, number>();
  const queue = [start];
  for (const node of queue) {
    for (const target of next.get(node) ?? []) {
      if (target === start) return backFrom(cameFrom, node, start);
      if (!members.has(target) || cameFrom.has(target)) continue;
      cameFrom.set(target, node);
      queue.push(target);
    }
  }
  return [start, start];
}

function backFrom(cameFrom: ReadonlyMap<number, number>, last: number, start: number): readonly number[] {
  const path = [start];
  for (let node: number | undefined = last; node !== undefined && node !== start; node = cameFrom.get(node))
    path.push(node);
  return [start, ...path.slice(1).toReversed(), start];
}
