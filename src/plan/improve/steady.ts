import type { Instance } from '../graph/instance.ts';
import { listSchedule } from '../schedule/floor.ts';
import type { Solution } from '../schedule/solution.ts';
import { candidates } from './candidates.ts';
import { Random } from './random.ts';
import type { SearchTask } from './task.ts';

/*
 * The order that stands for the shortest timetable is often a bad one as soon as tasks take longer or shorter than
 * expected: where the timetable leaves slack, its order says nothing about what is urgent. So a few orders are tried in
 * the same imagined worlds, whose durations are drawn around the expected ones; the worse half is left out again and
 * again, and the others are tried in more worlds. Only so few are compared because a search for the best order of the
 * worlds at hand finds one that is good in these alone.
 */

/** Of the logarithm of what a task takes. */
const SIGMA = 0.6;
/** How many orders are compared: all, or where there is time for less, those that differ most. */
const ORDERS = [13, 5] as const;
/** In how many worlds all are tried at first, if there is time. Fewer than the least say nothing. */
const MOST_WORLDS = 12;
const LEAST_WORLDS = 3;
/** Tasks, their places in sorted lists, dependencies and keys that take as long as a unit of work. */
const LOOKS = 10;

/** How the order is found that does best where durations are not the expected ones. */
export interface Steadying {
  /** Units of work. */
  readonly cost: number;
  /** Gives others a turn after each trial. The timetable stays, unless the order's own is no longer. */
  run(found: Solution): Generator<void, Solution, void>;
}

/** What fits into so much work; null: nothing that would tell anything. */
export function steadying(task: SearchTask, most: number): Steadying | null {
  const trial = costOfTrial(task.instance);
  for (const orders of ORDERS) {
    const worlds = Math.min(MOST_WORLDS, Math.floor(most / (trial * trialsIn(orders))));
    if (worlds < LEAST_WORLDS) continue;
    const cost = worlds * trial * trialsIn(orders);
    return { cost, run: (found) => steadied(task, found, { orders, worlds }) };
  }
  return null;
}

const costOfTrial = ({ count, blockers, keys }: Instance): number =>
  (count * Math.log2(count + 2) + blockers.items.length + 4 * keys.items.length) / LOOKS;

/** For each world of the first round. */
const trialsIn = (orders: number): number =>
  rounds(orders, 1).reduce((sum, { left, worlds }) => sum + left * worlds, 0);

/** Each round has the better half of the orders, in as many worlds as all rounds before it. */
function rounds(
  orders: number,
  first: number,
): readonly { readonly left: number; readonly worlds: number }[] {
  const list = [{ left: orders, worlds: first }];
  for (let left = half(orders), worlds = first; left > 1; left = half(left), worlds *= 2)
    list.push({ left, worlds });
  return list;
}

const half = (orders: number): number => (orders > 2 ? Math.ceil(orders / 2) : 1);

interface Trial {
  readonly order: Int32Array;
  /** Of all worlds so far together. */
  minutes: number;
}

function* steadied(
  { instance, ranking, seed }: SearchTask,
  found: Solution,
  plan: { readonly orders: number; readonly worlds: number },
): Generator<void, Solution, void> {
  const orders = candidates(instance, ranking, found).slice(0, plan.orders);
  if (orders.length === 1) return found;
  let trials = orders.map((order): Trial => ({ order, minutes: 0 }));
  const random = new Random(seed);
  for (const { left, worlds } of rounds(plan.orders, plan.worlds)) {
    trials = trials.toSorted((a, b) => a.minutes - b.minutes).slice(0, left);
    for (let world = 0; world < worlds; world++) {
      const duration = instance.duration.map((minutes) => minutes * surprise(random));
      for (const trial of trials) {
        trial.minutes += listSchedule({ ...instance, duration }, trial.order).makespan;
        yield;
      }
    }
  }
  const best = trials.reduce((a, b) => (b.minutes < a.minutes ? b : a));
  const own = listSchedule(instance, best.order);
  const isLonger = own.makespan > found.timetable.makespan;
  return { order: best.order, timetable: isLonger ? found.timetable : own };
}

/** Log-normal, of mean 1. */
const surprise = (random: Random): number => Math.exp(SIGMA * normal(random) - SIGMA ** 2 / 2);

/** Box and Muller 1958. */
const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random.next())) * Math.cos(2 * Math.PI * random.next());
