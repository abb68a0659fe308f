import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Edge, findCycles } from '../../src/plan/cycles.ts';

const edgesOf = (
  ...pairs: readonly (readonly [string | number, string | number])[]
): Edge<string | number>[] => pairs.map(([from, to]) => ({ from, to }));

it('names one way round for each circle, and all of its members', () => {
  const edges = edgesOf([1, 2], [2, 3], [3, 1], [3, 2], [4, 1], [9, 8], [8, 9], [7, 7]);
  expect(findCycles(edges)).toEqual([
    { path: [1, 2, 3, 1], members: [1, 2, 3] },
    { path: [7, 7], members: [7] },
    { path: [8, 9, 8], members: [8, 9] },
  ]);
});

it('finds none in a graph without circles', () => {
  expect(findCycles(edgesOf(['a', 'b'], ['a', 'c'], ['b', 'd'], ['c', 'd']))).toEqual([]);
});

it('takes any name', () => {
  expect(findCycles(edgesOf(['__proto__', 'constructor'], ['constructor', '__proto__']))).toMatchObject([
    { path: ['__proto__', 'constructor', '__proto__'] },
  ]);
});

it.each([1, -1])('goes along a chain of 100,000 and round it (direction %i)', (direction) => {
  const chain = Array.from({ length: 100_000 }, (_, i) =>
    direction > 0 ? { from: i, to: i + 1 } : { from: i + 1, to: i },
  );
  expect(findCycles(chain)).toEqual([]);
  const closing = direction > 0 ? { from: 100_000, to: 0 } : { from: 0, to: 100_000 };
  expect(findCycles([...chain, closing])[0]?.path).toHaveLength(100_002);
});

it('finds exactly the nodes that reach themselves, along real edges, in any order of the edges', () => {
  const node = fc.nat(7);
  const graphs = fc.array(fc.record({ from: node, to: node }), { maxLength: 20 });
  fc.assert(
    fc.property(graphs, (edges) => {
      const circles = findCycles(edges);
      expect(circles.flatMap(({ members }) => members).sort()).toEqual(
        [0, 1, 2, 3, 4, 5, 6, 7].filter((n) => reaches(edges, n)),
      );
      for (const { path } of circles) expect(isWay(edges, path)).toBe(true);
      expect(findCycles(edges.toReversed())).toEqual(circles);
    }),
  );
});

function reaches(edges: readonly Edge<number>[], start: number): boolean {
  const seen = new Set<number>();
  let front = edges.filter(({ from }) => from === start).map(({ to }) => to);
  while (front.length > 0) {
    for (const node of front) seen.add(node);
    front = edges.filter(({ from, to }) => front.includes(from) && !seen.has(to)).map(({ to }) => to);
  }
  return seen.has(start);
}

const isWay = (edges: readonly Edge<number>[], path: readonly number[]): boolean =>
  path[0] === path.at(-1) &&
  path.slice(1).every((to, index) => edges.some((edge) => edge.from === path[index] && edge.to === to));
