import type { Instance, TaskKind } from '../graph/instance.ts';
import { int, real } from '../graph/sparse.ts';
import { type Packing, packingFor } from './packing.ts';
import type { Need } from './profile.ts';
import { TOLERANCE } from './room.ts';

/**
 * What tasks compete for, without what can never run short: a line for each key and each pool of one slot; a column of
 * a profile for each resource and each other pool. The keys come first among the lines.
 */
export class Places {
  readonly lineCount: number;
  readonly limits: Float64Array;
  readonly hasScarceResource: boolean;
  /** Null where the profile must add up fractions, or may be overfull from the start. */
  readonly packing: Packing | null;
  private readonly lines: Int32Array;
  private readonly columns: Int32Array;
  private readonly pools: readonly (readonly number[])[];
  private readonly needs: readonly (readonly Need[])[];
  private readonly place: readonly Int32Array[];

  constructor(instance: Instance) {
    const { keyCount, kinds } = instance;
    const scarce = scarcePools(instance);
    this.lines = numbered(instance, (pool) => scarce.has(pool) && slotsOf(instance, pool) === 1, keyCount);
    const resources = scarceResources(instance);
    this.hasScarceResource = resources.length > 0;
    this.columns = numbered(
      instance,
      (pool) => scarce.has(pool) && slotsOf(instance, pool) > 1,
      resources.length,
    );
    this.lineCount = this.lines.reduce((most, line) => Math.max(most, line + 1), keyCount);
    const columns = this.columns.reduce((most, column) => Math.max(most, column + 1), resources.length);
    this.limits = new Float64Array(columns);
    for (const [column, index] of resources.entries())
      this.limits[column] = real(instance.capacity, index) * (1 + TOLERANCE);
    for (const [pool, column] of this.columns.entries())
      if (column >= 0) this.limits[column] = slotsOf(instance, pool);
    this.pools = kinds.map((kind) => candidates(kind, scarce));
    const needs = kinds.map((kind, number) =>
      (this.pools[number] ?? []).map((pool) => this.need(kind, pool, resources)),
    );
    this.packing = instance.runsIn.some((slot) => slot >= 0) ? null : packingFor(this.limits, needs.flat());
    this.needs = needs.map((list) =>
      list.map((need) => ({ ...need, packed: this.packing?.pack(need) ?? 0 })),
    );
    this.place = this.pools.map((list) => {
      const places = new Int32Array(instance.pools.length);
      for (const [index, pool] of list.entries()) places[pool] = index;
      return places;
    });
  }

  /** Where tasks of a kind may run, without pools that are of no more use than another one. */
  poolsOf(kind: number): readonly number[] {
    return this.pools[kind] ?? [];
  }

  isScarce(pool: number): boolean {
    return int(this.lines, pool) >= 0 || int(this.columns, pool) >= 0;
  }

  /** The line of a pool, or -1. */
  lineOf(pool: number): number {
    return int(this.lines, pool);
  }

  needOf(kind: number, pool: number): Need {
    const index = this.place[kind]?.[pool] ?? 0;
    return this.needs[kind]?.[index] ?? NO_NEED;
  }

  private need(kind: TaskKind, pool: number, resources: readonly number[]): Omit<Need, 'packed'> {
    const columns: number[] = [];
    const amounts: number[] = [];
    for (const [column, index] of resources.entries()) {
      if (real(kind.demand, index) === 0) continue;
      columns.push(column);
      amounts.push(real(kind.demand, index));
    }
    if (int(this.columns, pool) >= 0) {
      columns.push(int(this.columns, pool));
      amounts.push(1);
    }
    return { columns: Int32Array.from(columns), amounts: Float64Array.from(amounts) };
  }
}

const NO_NEED: Need = { columns: new Int32Array(0), amounts: new Float64Array(0), packed: 0 };

const slotsOf = ({ pools }: Instance, pool: number): number => pools[pool]?.slots.length ?? 0;

/** Pools with fewer slots than there are tasks that may run there. */
function scarcePools({ kinds, kindOf, pools, runsIn }: Instance): ReadonlySet<number> {
  const tasks = new Int32Array(pools.length);
  for (const kind of kindOf) for (const pool of kinds[kind]?.pools ?? []) tasks[pool] = int(tasks, pool) + 1;
  for (const slot of runsIn) {
    const pool = slot < 0 ? -1 : pools.findLastIndex(({ first }) => first <= slot);
    if (pool >= 0) tasks[pool] = int(tasks, pool) + 1;
  }
  return new Set([...pools.keys()].filter((pool) => int(tasks, pool) > (pools[pool]?.slots.length ?? 0)));
}

function scarceResources({ capacity, kindOf, kinds }: Instance): readonly number[] {
  const sums = new Float64Array(capacity.length);
  for (const kind of kindOf) {
    const demand = kinds[kind]?.demand ?? sums;
    for (let index = 0; index < sums.length; index++) sums[index] = real(sums, index) + real(demand, index);
  }
  return [...capacity.keys()].filter((index) => real(sums, index) > real(capacity, index));
}

function candidates({ pools }: TaskKind, scarce: ReadonlySet<number>): readonly number[] {
  const roomy = pools.find((pool) => !scarce.has(pool));
  return roomy === undefined ? pools : [roomy];
}

/** Numbers for the chosen pools from a first one on; -1 for the others. */
function numbered({ pools }: Instance, isChosen: (pool: number) => boolean, first: number): Int32Array {
  let next = first;
  return Int32Array.from(pools, (_, pool) => (isChosen(pool) ? next++ : -1));
}
