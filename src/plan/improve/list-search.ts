import { real } from '../graph/sparse.ts';
import { listSchedule } from '../schedule/floor.ts';
import { reversed } from '../schedule/justify.ts';
import { Serial } from '../schedule/serial.ts';
import { orderByStart, type Solution } from '../schedule/solution.ts';
import type { Timetable } from '../schedule/timetable.ts';
import { Random } from './random.ts';
import type { Search, SearchTask } from './task.ts';

/** With more tasks, filling gaps takes too long: the dispatcher's own rule makes the schedules. */
const MOST_SERIAL = 2_500;

/** Looks at a profile that take as long as a unit of work: a little less than a microsecond. */
const LOOKS = 50;

/*
 * Iterated greedy over priority lists: the tasks of a stretch of time are shuffled (or some are moved), the list is
 * scheduled from the right and then from the left, and the result is kept if it is not much longer than what it came
 * from (the limit falls, as in simulated annealing). Good where workers or capacities bind.
 */
export class ListSearch implements Search {
  best: Solution;
  work = 0;
  private readonly task: SearchTask;
  private readonly random: Random;
  private readonly decoder: Decoder;
  private readonly cost: number;
  private steps = 0;
  /** The list that the next step starts from: starts, from the left. */
  private current: Float64Array;
  private currentLength: number;
  private readonly keys: Float64Array;
  private readonly order: Int32Array;

  constructor(task: SearchTask) {
    const { instance, first, ranking } = task;
    this.task = task;
    this.best = first;
    this.random = new Random(task.seed);
    this.decoder = instance.count <= MOST_SERIAL ? serially(task) : inParallel(task);
    this.current = first.timetable.start.slice();
    this.currentLength = first.timetable.makespan;
    this.keys = new Float64Array(instance.count);
    this.order = ranking.order.slice();
    const { count, blockers, keys } = instance;
    this.cost = (count * Math.log2(count + 2) + blockers.items.length + 4 * keys.items.length) / 20;
  }

  step(progress: number): void {
    const { instance, ranking } = this.task;
    this.disturb();
    const right = this.decoder.decode(this.sorted(false), true);
    for (let task = 0; task < instance.count; task++)
      this.keys[task] = right.makespan - real(right.end, task);
    const left = this.decoder.decode(this.sorted(true), false);
    this.steps++;
    this.work = this.steps * this.cost + this.decoder.looked() / LOOKS;
    if (left.makespan < this.best.timetable.makespan - 1e-9)
      this.best = { order: orderByStart(ranking, left.start), timetable: copyOf(left) };
    const limit =
      this.best.timetable.makespan * 0.006 * (1 - progress) * -Math.log(this.random.next() + 1e-12) * 0.5;
    if (
      left.makespan > this.currentLength + limit &&
      left.makespan > this.best.timetable.makespan * (1 + 1e-9) + limit
    )
      return;
    this.current.set(left.start);
    this.currentLength = left.makespan;
  }

  /** Keys from which the next list comes: the starts of the current one, some of them changed. */
  private disturb(): void {
    const { keys, current, random } = this;
    keys.set(current);
    const count = keys.length;
    const length = this.currentLength;
    const width = length * (0.03 + 0.25 * random.next() ** 2);
    const middle = real(current, random.below(count));
    const share = random.next() < 0.5 ? 1 : 0.3;
    for (let task = 0; task < count; task++) {
      const key = real(current, task);
      if (key < middle - width || key > middle + width || random.next() > share) continue;
      keys[task] = middle + (2 * random.next() - 1) * width;
    }
  }

  /** Tasks by their keys; from the left the tiers come first, from the right the last key does. */
  private sorted(fromLeft: boolean): Int32Array {
    const { keys, order } = this;
    const { tier } = this.task.ranking;
    if (fromLeft)
      return order.sort((a, b) => real(tier, b) - real(tier, a) || real(keys, a) - real(keys, b) || a - b);
    const { duration } = this.task.instance;
    return order.sort(
      (a, b) => real(keys, b) + real(duration, b) - real(keys, a) - real(duration, a) || b - a,
    );
  }
}

interface Decoder {
  decode(order: Int32Array, backward: boolean): Timetable;
  /** What it has cost so far, beyond the number of tasks. */
  looked(): number;
}

function serially({ instance }: SearchTask): Decoder {
  const left = new Serial(instance, { backward: false });
  const right = new Serial(instance, { backward: true });
  return {
    decode: (order, backward) => {
      const serial = backward ? right : left;
      serial.schedule(order);
      return serial;
    },
    looked: () => left.looked + right.looked,
  };
}

function inParallel({ instance }: SearchTask): Decoder {
  const back = reversed(instance);
  return { decode: (order, backward) => listSchedule(backward ? back : instance, order), looked: () => 0 };
}

const copyOf = ({ start, end, pool, makespan }: Timetable): Timetable => ({
  start: start.slice(),
  end: end.slice(),
  pool: pool.slice(),
  makespan,
});
