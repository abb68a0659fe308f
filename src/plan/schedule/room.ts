import type { Instance } from '../graph/instance.ts';
import { int, real } from '../graph/sparse.ts';

/** Sums of fractions are not exact: this much of the capacity does not count. */
export const TOLERANCE = 1e-9;

/** Who is free now, and what is left of the resources. */
export class Room {
  /** A bit for each pool with a free slot; beyond 31 pools they share bits, so that a bit is only a hint. */
  free = 0;
  /** What a demand may take of each resource. */
  readonly left: Float64Array;
  private readonly instance: Instance;
  private readonly slots: Int32Array;
  private readonly bitsOfCrew: Int32Array;

  constructor(instance: Instance) {
    this.instance = instance;
    this.slots = Int32Array.from(instance.pools, ({ slots }) => slots.length);
    this.left = instance.capacity.map((amount) => amount * (1 + TOLERANCE));
    this.bitsOfCrew = new Int32Array(instance.kinds.length);
    for (const { crew, pools } of instance.kinds)
      this.bitsOfCrew[crew] = pools.reduce((bits, pool) => bits | bitOf(pool), 0);
    for (const pool of instance.pools.keys()) this.renew(pool);
  }

  bitsOf(kind: number): number {
    return int(this.bitsOfCrew, this.instance.kinds[kind]?.crew ?? 0);
  }

  /** The pool that a task of the kind would be given now; or -1. */
  poolFor(kind: number): number {
    for (const pool of this.instance.kinds[kind]?.pools ?? []) if (int(this.slots, pool) > 0) return pool;
    return -1;
  }

  take(kind: number, pool: number): void {
    this.slots[pool] = int(this.slots, pool) - 1;
    if (int(this.slots, pool) <= 0) this.renew(pool);
    this.move(kind, -1);
  }

  giveBack(kind: number, pool: number): void {
    this.slots[pool] = int(this.slots, pool) + 1;
    this.free |= bitOf(pool);
    this.move(kind, 1);
  }

  private renew(changed: number): void {
    const bit = bitOf(changed);
    this.free &= ~bit;
    for (let pool = changed % BITS; pool < this.slots.length; pool += BITS)
      if (int(this.slots, pool) > 0) this.free |= bit;
  }

  private move(kind: number, sign: 1 | -1): void {
    const demand = this.instance.kinds[kind]?.demand;
    if (demand === undefined) return;
    for (let index = 0; index < demand.length; index++)
      this.left[index] = real(this.left, index) + sign * real(demand, index);
  }
}

const BITS = 31;
const bitOf = (pool: number): number => 1 << (pool % BITS);
