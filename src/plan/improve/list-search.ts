import { real } from '../graph/sparse.ts';
import { listSchedule } from '../schedule/floor.ts';
import { reversed } from '../schedule/justify.ts';
import { Serial } from '../schedule/serial.ts';
import { isShorter, orderByStart, type Solution } from '../schedule/solution.ts';
import type { Timetable } from '../schedule/timetable.ts';
import { sortByKey } from './keyed-order.ts';
import { Random } from './random.ts';
import type { Search, SearchTask } from './task.ts';

/** With more tasks, filling gaps takes too long: the dispatcher's own rule makes the schedules. */
const MOST_SERIAL = 2_500;

/** Looks at a profile that take as long as a unit of work: a little less than a microsecond. */
const LOOKS = 120;
/** The same for tasks, their places in sorted lists, dependencies and keys. */
const SERIAL_LOOKS = 45;
const PARALLEL_LOOKS = 10;

/** How a search goes on. */
interface Manner {
  /** Schedules that are kept and crossed with each other. */
  readonly members: number;
  /** How often two are crossed. */
  readonly crossing: number;
  /** How much longer a schedule may be than the one whose place it takes, at first; part of the makespan. */
  readonly heat: number;
  /** What counts, besides the makespan, for each minute by which a task ends later than it should. */
  readonly lateness: number;
}

/** Far from the bound, one schedule is changed over and over. */
const FAR: Manner = { members: 1, crossing: 0, heat: 0.003, lateness: 0 };
/** Near it, where most schedules are of the same length, several are crossed, and what ends too late counts. */
const NEAR: Manner = { members: 8, crossing: 0.9, heat: 0.0015, lateness: 0.3 };
const NEAR_PART = 1.03;

/** A schedule that is kept. */
interface Member {
  readonly start: Float64Array;
  score: number;
}

/*
 * Iterated greedy over priority lists: the tasks of a stretch of time are shuffled (or some are moved), or a stretch is
 * taken from another schedule; the list is scheduled from the right and then from the left, and the result takes the
 * place of what it came from if it is not much longer (less and less, as in simulated annealing). Good where workers or
 * capacities bind.
 */
export class ListSearch implements Search {
  best: Solution;
  work = 0;
  private readonly task: SearchTask;
  private readonly random: Random;
  private readonly decoder: Decoder;
  private readonly cost: number;
  private readonly manner: Manner;
  private readonly members: Member[];
  private steps = 0;
  /** The list that comes next is the order of these. */
  private readonly keys: Float64Array;
  private readonly order: Int32Array;
  /** The same with time running backwards. */
  private readonly backKeys: Float64Array;
  private readonly backOrder: Int32Array;
  private readonly hasTiers: boolean;

  constructor(task: SearchTask) {
    const { instance, first, ranking } = task;
    const { makespan, start } = first.timetable;
    this.task = task;
    this.best = first;
    this.random = new Random(task.seed);
    this.decoder = instance.count <= MOST_SERIAL ? serially(task) : inParallel(task);
    this.manner = makespan <= task.bound * NEAR_PART ? NEAR : FAR;
    this.members = [{ start: start.slice(), score: makespan }];
    this.keys = new Float64Array(instance.count);
    this.order = ranking.order.slice();
    this.backKeys = new Float64Array(instance.count);
    this.backOrder = ranking.order.toReversed();
    this.hasTiers = ranking.tier.some((tier) => tier !== ranking.tier[0]);
    const { count, blockers, keys } = instance;
    const looks = count * Math.log2(count + 2) + blockers.items.length + 4 * keys.items.length;
    this.cost = looks / (count <= MOST_SERIAL ? SERIAL_LOOKS : PARALLEL_LOOKS);
  }

  step(progress: number): void {
    const member = this.nextMember();
    const { makespan: shortest } = this.best.timetable;
    const left = this.schedule();
    this.steps++;
    this.work = this.steps * this.cost + this.decoder.looked() / LOOKS;
    if (isShorter(left, this.best.timetable))
      this.best = { order: orderByStart(this.task.ranking, left.start), timetable: copyOf(left) };
    const score = left.makespan + this.manner.lateness * this.latenessOf(left);
    const heat = shortest * this.manner.heat * (1 - progress) * -Math.log(this.random.next() + 1e-12);
    if (score > member.score + heat) return;
    member.start.set(left.start);
    member.score = score;
  }

  /** From the right and then from the left, by the keys. */
  private schedule(): Timetable {
    const right = this.decoder.decode(this.sorted(false), true);
    for (let task = 0; task < this.keys.length; task++)
      this.keys[task] = right.makespan - real(right.end, task);
    return this.decoder.decode(this.sorted(true), false);
  }

  private latenessOf({ end }: Timetable): number {
    if (this.manner.lateness === 0) return 0;
    const due = Math.max(this.task.bound, this.best.timetable.makespan * 0.99);
    let sum = 0;
    for (let task = 0; task < end.length; task++) if (real(end, task) > due) sum += real(end, task) - due;
    return sum;
  }

  /** Chooses the member that may be replaced, and keys that come from it. */
  private nextMember(): Member {
    const { members, random, keys } = this;
    const index = random.below(Math.min(this.manner.members, members.length + 1));
    const known = members[index];
    if (known === undefined) return this.newMember();
    keys.set(known.start);
    if (members.length > 1 && random.next() < this.manner.crossing) {
      const other = members[(index + 1 + random.below(members.length - 1)) % members.length];
      if (other !== undefined) this.cross(known.start, other.start);
    }
    this.disturb();
    return known;
  }

  /** Any schedule may take its place. */
  private newMember(): Member {
    this.keys.set(this.best.timetable.start);
    for (let turn = 0; turn < 4; turn++) this.disturb();
    const member = { start: this.keys.slice(), score: Number.POSITIVE_INFINITY };
    this.members.push(member);
    return member;
  }

  /** A stretch of time from one schedule, the rest from another. */
  private cross(own: Float64Array, other: Float64Array): void {
    const { makespan } = this.best.timetable;
    const width = makespan * (0.2 + 0.5 * this.random.next());
    const from = this.random.next() * (makespan + width) - width;
    for (let task = 0; task < own.length; task++) {
      const key = real(own, task);
      if (key < from || key >= from + width) this.keys[task] = real(other, task);
    }
  }

  /** Changes the keys of some tasks around a moment. */
  private disturb(): void {
    const { keys, random } = this;
    const width = this.best.timetable.makespan * (0.03 + 0.25 * random.next() ** 2);
    const middle = real(keys, random.below(keys.length));
    const share = random.next() < 0.5 ? 1 : 0.3;
    for (let task = 0; task < keys.length; task++) {
      const key = real(keys, task);
      if (key < middle - width || key > middle + width || random.next() > share) continue;
      keys[task] = middle + (2 * random.next() - 1) * width;
    }
  }

  /** Tasks by their keys; from the left the tiers come first, from the right the last key does. */
  private sorted(fromLeft: boolean): Int32Array {
    const { keys, order, backOrder, backKeys } = this;
    const { duration } = this.task.instance;
    const { tier } = this.task.ranking;
    if (fromLeft && this.hasTiers)
      return order.sort((a, b) => real(tier, b) - real(tier, a) || real(keys, a) - real(keys, b) || a - b);
    if (fromLeft) return sortByKey(order, keys);
    for (let task = 0; task < keys.length; task++) backKeys[task] = -real(keys, task) - real(duration, task);
    return sortByKey(backOrder, backKeys);
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
