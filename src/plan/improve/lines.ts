import type { Instance } from '../graph/instance.ts';
import type { Ranking } from '../graph/ranks.ts';
import { int, real, sizeOf } from '../graph/sparse.ts';
import { Places } from '../schedule/places.ts';

/** Larger graphs change too slowly to be worth it. */
const MOST_TASKS = 3_000;
const MOST_LINES = 3_000;

/** The lines of the disjunctive graph: keys first, then every slot of the pools that can run short. */
export interface Lines {
  readonly lineCount: number;
  readonly keyCount: number;
  /** Whether more than the number of equal workers makes tasks wait for each other. */
  readonly decide: boolean;
  readonly entryStart: Int32Array;
  readonly lineOf: Int32Array;
  /** For each kind of task, the lines of slots where it can run; empty where workers never run short. */
  readonly slotsOf: readonly Int32Array[];
  /** For each line of a slot its pool, by line less the keys. */
  readonly poolOf: Int32Array;
}

/** Null where sequences do not say everything: resources with a capacity, tiers, tasks that run already. */
export function linesOf(instance: Instance, { tier }: Ranking): Lines | null {
  const { count, keyCount, kinds, pools, runsIn } = instance;
  const slotCount = pools.reduce((sum, { slots }) => sum + slots.length, 0);
  const tiers = tier.some((value) => value !== tier[0]);
  if (count > MOST_TASKS || keyCount + slotCount > MOST_LINES || tiers) return null;
  if (runsIn.some((slot) => slot >= 0)) return null;
  const places = new Places(instance);
  if (places.hasScarceResource) return null;
  const slotsOf = kinds.map((_, kind) => slotLines(instance, places, kind));
  const poolOf = Int32Array.from(pools.flatMap(({ slots }, pool) => slots.map(() => pool)));
  const decide = instance.keys.items.length > 0 || slotsOf.filter((slots) => slots.length > 0).length > 1;
  return {
    decide,
    lineCount: keyCount + slotCount,
    keyCount,
    slotsOf,
    poolOf,
    ...entriesOf(instance, slotsOf),
  };
}

function slotLines({ pools, keyCount }: Instance, places: Places, kind: number): Int32Array {
  const scarce = places.poolsOf(kind).filter((pool) => places.isScarce(pool));
  return Int32Array.from(
    scarce.flatMap((pool) => {
      const { first, slots } = pools[pool] ?? { first: 0, slots: [] };
      return slots.map((_, slot) => keyCount + first + slot);
    }),
  );
}

/** A task of no duration takes nothing. Its slot is the last of a task's entries. */
function entriesOf(instance: Instance, slotsOf: readonly Int32Array[]): Pick<Lines, 'entryStart' | 'lineOf'> {
  const { count, keys, kindOf, duration } = instance;
  const entryStart = new Int32Array(count + 1);
  const lineOf: number[] = [];
  for (let task = 0; task < count; task++) {
    if (real(duration, task) > 0) {
      for (let place = 0; place < sizeOf(keys, task); place++)
        lineOf.push(int(keys.items, int(keys.start, task) + place));
      if ((slotsOf[int(kindOf, task)]?.length ?? 0) > 0) lineOf.push(-1);
    }
    entryStart[task + 1] = lineOf.length;
  }
  return { entryStart, lineOf: Int32Array.from(lineOf) };
}
