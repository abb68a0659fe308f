import type { PlanRequest, PlanTask, PlanWorker } from '../../domain/plan.ts';
import { Kinds, poolsOf } from '../request/workers.ts';
import { IntHeap } from '../schedule/int-heap.ts';
import { Room } from '../schedule/room.ts';

interface Member {
  readonly id: string;
  readonly pool: number;
  slots: number;
  busy: number;
  /** Whether its number lies in the heap of its pool. */
  waits: boolean;
}

/** The workers and resources: how many slots each worker has, who is free, and which kinds of tasks there are. */
export class Staff {
  readonly room: Room;
  readonly resources: readonly string[];
  private readonly sorting: Kinds;
  private readonly capacity: Float64Array;
  /** In the order of their ids: of several free ones, the first works. */
  private readonly members: readonly Member[];
  private readonly numbers: ReadonlyMap<string, number>;
  private readonly free: readonly IntHeap[];
  /** By kind of task. */
  private readonly needs: Float64Array[] = [];

  constructor({ workers, capacity = {} }: Pick<PlanRequest, 'workers' | 'capacity'>) {
    this.resources = Object.keys(capacity).sort();
    this.capacity = Float64Array.from(this.resources, (name) => capacity[name] ?? 0);
    const all = workersOf(workers);
    const pools = poolsOf(
      all.map((worker) => ({ ...worker, slots: 1 })),
      1,
    );
    this.sorting = new Kinds({ pools, resources: this.resources });
    const nobody = pools.map((pool) => ({ ...pool, slots: [] }));
    this.room = new Room({ pools: nobody, kinds: this.sorting.kinds, capacity: this.capacity });
    this.free = pools.map(() => new IntHeap());
    this.members = pools.flatMap(({ slots }, pool) =>
      slots.map((id) => ({ id, pool, slots: 0, busy: 0, waits: false })),
    );
    this.numbers = new Map(this.members.map(({ id }, number) => [id, number]));
    for (const { id, slots = 1 } of all) this.setSlots(this.numberOf(id), slots);
  }

  kindOf(task: PlanTask): number {
    return this.sorting.of(task);
  }

  /** Whether any worker has what tasks of the kind require, free or not. */
  isMet(kind: number): boolean {
    return (this.sorting.kinds[kind]?.pools.length ?? 0) > 0;
  }

  /** What must be left of each resource; where nothing is taken, there may be less than nothing left. */
  needOf(kind: number): Float64Array {
    const known = this.needs[kind];
    if (known !== undefined) return known;
    const demand = this.sorting.kinds[kind]?.demand ?? NOTHING;
    const need = demand.map((amount) => (amount === 0 ? Number.NEGATIVE_INFINITY : amount));
    this.needs[kind] = need;
    return need;
  }

  /** The worker of a pool that does the next task: there must be one. */
  take(kind: number, pool: number): number {
    const number = this.firstFree(pool);
    this.occupy(kind, number);
    return number;
  }

  /** Gives a task to a worker, free or not. */
  occupy(kind: number, number: number): void {
    const member = this.member(number);
    this.change(member, () => member.busy++);
    this.room.takeDemand(kind);
  }

  giveBack(kind: number, number: number): void {
    const member = this.member(number);
    this.change(member, () => member.busy--);
    this.room.giveBackDemand(kind);
    this.offer(number);
  }

  idOf(number: number): string {
    return this.members[number]?.id ?? '';
  }

  /** The number of a worker, or -1. */
  numberOf(id: string): number {
    return this.numbers.get(id) ?? -1;
  }

  /** More slots, or fewer: those that are taken are not given to others when they are free. */
  setSlots(number: number, slots: number): void {
    const member = this.member(number);
    this.change(member, () => {
      member.slots = slots;
    });
    this.offer(number);
  }

  /** False where there is no such resource. */
  setCapacity(resource: string, amount: number): boolean {
    const index = this.resources.indexOf(resource);
    if (index < 0) return false;
    this.room.addCapacity(index, amount - (this.capacity[index] ?? 0));
    this.capacity[index] = amount;
    return true;
  }

  /** The resources of which less is left than such a task takes. */
  shortFor(kind: number): readonly string[] {
    const need = this.needOf(kind);
    return this.resources.filter((_, index) => (need[index] ?? 0) > (this.room.left[index] ?? 0));
  }

  private firstFree(pool: number): number {
    const heap = this.free[pool];
    for (let number = heap?.top ?? -1; number >= 0; number = heap?.top ?? -1) {
      const member = this.member(number);
      if (member.busy < member.slots) return number;
      heap?.pop();
      member.waits = false;
    }
    throw new Error(`pool ${pool} has no free worker`);
  }

  private offer(number: number): void {
    const member = this.member(number);
    if (member.waits || member.busy >= member.slots) return;
    member.waits = true;
    this.free[member.pool]?.push(number);
  }

  private change(member: Member, work: () => void): void {
    const before = Math.max(0, member.slots - member.busy);
    work();
    this.room.addSlots(member.pool, Math.max(0, member.slots - member.busy) - before);
  }

  private member(number: number): Member {
    const member = this.members[number];
    if (member === undefined) throw new Error(`there is no worker ${number}`);
    return member;
  }
}

const NOTHING = new Float64Array(0);

const workersOf = (workers: PlanRequest['workers']): readonly PlanWorker[] =>
  typeof workers === 'number' ? Array.from({ length: workers }, (_, at) => ({ id: `w${at + 1}` })) : workers;
