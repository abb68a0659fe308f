import type { Instance } from '../graph/instance.ts';
import { int, real } from '../graph/sparse.ts';

/** Workers and what there is of each resource; more kinds of tasks may come. */
export type Workplace = Pick<Instance, 'pools' | 'kinds' | 'capacity'>;

/** Sums of fractions are not exact: this much of the capacity does not count. */
export const TOLERANCE = 1e-9;

/** Who is free now, and what is left of the resources. */
export class Room {
  /** A bit for each pool with a free slot; beyond 31 pools they share bits, so that a bit is only a hint. */
  free = 0;
  /** What a demand may take of each resource. */
  readonly left: Float64Array;
  private readonly instance: Workplace;
  private readonly slots: Int32Array;
  /** By crew. */
  private readonly bits: number[] = [];

  constructor(instance: Workplace) {
    this.instance = instance;
    this.slots = Int32Array.from(instance.pools, ({ slots }) => slots.length);
    this.left = instance.capacity.map((amount) => amount * (1 + TOLERANCE));
    for (const pool of instance.pools.keys()) this.renew(pool);
  }

  bitsOf(kind: number): number {
    const { crew, pools } = this.instance.kinds[kind] ?? NOBODY;
    const known = this.bits[crew];
    if (known !== undefined) return known;
    const bits = pools.reduce((sum, pool) => sum | bitOf(pool), 0);
    this.bits[crew] = bits;
    return bits;
  }

  /** The pool that a task of the kind would be given now; or -1. */
  poolFor(kind: number): number {
    for (const pool of this.instance.kinds[kind]?.pools ?? []) if (int(this.slots, pool) > 0) return pool;
    return -1;
  }

  take(kind: number, pool: number): void {
    this.slots[pool] = int(this.slots, pool) - 1;
    if (int(this.slots, pool) <= 0) this.renew(pool);
    this.takeDemand(kind);
  }

  giveBack(kind: number, pool: number): void {
    this.slots[pool] = int(this.slots, pool) + 1;
    this.free |= bitOf(pool);
    this.giveBackDemand(kind);
  }

  takeDemand(kind: number): void {
    this.move(kind, -1);
  }

  giveBackDemand(kind: number): void {
    this.move(kind, 1);
  }

  /** More free slots, or fewer: there may be less than none, until tasks end. */
  addSlots(pool: number, by: number): void {
    this.slots[pool] = int(this.slots, pool) + by;
    this.renew(pool);
  }

  /** More of a resource, or less: what is left may be less than nothing, until tasks end. */
  addCapacity(resource: number, by: number): void {
    this.left[resource] = real(this.left, resource) + by * (1 + TOLERANCE);
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

const NOBODY = { crew: 0, pools: [] };
const BITS = 31;
const bitOf = (pool: number): number => 1 << (pool % BITS);
