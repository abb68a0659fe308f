import type { Instance } from '../graph/instance.ts';
import type { Ranking } from '../graph/ranks.ts';
import { listSchedule } from './floor.ts';
import { justified } from './justify.ts';
import { isOptimal, isShorter, orderByStart, type Solution } from './solution.ts';

/**
 * With more tasks a round costs two to three times the list schedule itself; on planted instances of 30,000 and 100,000
 * tasks, also with keys, capabilities and capacities, it had nothing left to gain. Other instances may still gain.
 */
const MOST_JUSTIFIED = 20_000;
const MOST_ROUNDS = 4;

/** Critical-path priorities and list scheduling, then backward and forward as long as that helps. */
export function firstSolution(given: {
  readonly instance: Instance;
  readonly ranking: Ranking;
  readonly bound: number;
}): Solution {
  const { instance, ranking, bound } = given;
  let best: Solution = { order: ranking.order, timetable: listSchedule(instance, ranking.order) };
  let last = best.timetable;
  for (let round = 0; round < MOST_ROUNDS && instance.count <= MOST_JUSTIFIED; round++) {
    if (isOptimal(best, bound)) break;
    const next = justified(instance, ranking, last);
    if (isShorter(next, best.timetable)) best = { order: orderByStart(ranking, next.start), timetable: next };
    else if (round > 0) break;
    last = next;
  }
  return best;
}
