import { expect, test } from 'vitest';
import type { PlanTask } from '../../../src/domain/plan.ts';
import { lowerBound } from '../../../src/plan/bounds/lower-bound.ts';
import { rankTasks } from '../../../src/plan/graph/ranks.ts';
import { steadying } from '../../../src/plan/improve/steady.ts';
import { readRequest } from '../../../src/plan/request/read-request.ts';
import { listSchedule } from '../../../src/plan/schedule/floor.ts';

/** A chain, and enough that depends on nothing to keep two more workers busy. */
function chainBesideOthers() {
  const chain = [1, 2, 3, 4, 5, 6].map(
    (link): PlanTask => ({
      id: `chain ${link}`,
      duration: 10,
      deps: link > 1 ? [`chain ${link - 1}`] : [],
    }),
  );
  const others = Array.from(
    { length: 12 },
    (_, number): PlanTask => ({ id: `other ${number}`, duration: 10 }),
  );
  const instance = readRequest({ tasks: [...chain, ...others], workers: 3 });
  const ranking = rankTasks(instance);
  const bound = lowerBound(instance, ranking);
  // Two others before each link: as short as can be, if all take as long as expected.
  const order = Int32Array.from({ length: 18 }, (_, place) =>
    place % 3 === 2 ? (place - 2) / 3 : 6 + place - Math.floor(place / 3),
  );
  const found = { order, timetable: listSchedule(instance, order) };
  return { found, task: { instance, ranking, bound, first: found, seed: 1 } };
}

test('what others wait for goes first in the order of a plan, also where that is no shorter as long as all take as expected', () => {
  const { found, task } = chainBesideOthers();
  expect(found.timetable.makespan).toBe(60);
  const run = steadying(task, 30_000)?.run(found);
  let step = run?.next();
  while (step?.done === false) step = run?.next();
  const steady = step?.value ?? undefined;
  const places = (order: Int32Array | undefined): number[] =>
    [0, 1, 2, 3, 4].map((link) => order?.indexOf(link) ?? 99);
  const [before, after] = [places(found.order), places(steady?.order)];
  expect(after[0]).toBe(0);
  expect(after.every((place, link) => place < (before[link] ?? 0))).toBe(true);
  expect(steady?.timetable.makespan).toBe(60);
});

test('no order is chosen where there is too little time to try any', () => {
  expect(steadying(chainBesideOthers().task, 100)).toBeNull();
});
