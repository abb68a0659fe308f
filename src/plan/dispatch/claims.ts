import { Ints, int, type Rows, rowOf } from '../graph/sparse.ts';
import { KeyIndex } from '../overlap/key-index.ts';
import type { KeyTable } from '../schedule/key-queues.ts';

/*
 * Keys that conflict without being equal (`src/**` and `src/a.ts`), for queues that only compare numbers: who claims a key
 * also claims a share of every other known key that conflicts with it. Two shares of `src/**` go together, so `src/a.ts`
 * and `src/b.ts` do; a share and the whole do not. Each key is compared once, with those that lie near it, when it is
 * first named; what earlier tasks claim stays as it is.
 */
export class Claims implements KeyTable {
  readonly names: string[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly index = new KeyIndex<number>();
  /** By key: the keys named before it that conflict with it. */
  private readonly near: (readonly number[])[] = [];
  private readonly starts = new Ints(16);
  private readonly items = new Ints(16);
  private readonly shares = new Ints(16);
  private table: { readonly keys: Rows; readonly shared: Int32Array } | null = null;

  constructor() {
    this.starts.push(0);
  }

  get keyCount(): number {
    return this.names.length;
  }

  get keys(): Rows {
    return this.current().keys;
  }

  get shared(): Int32Array {
    return this.current().shared;
  }

  /** The claims of the next task; tasks come in the order of their numbers. */
  add(keys: readonly string[]): void {
    if (keys.length > 0) this.claim([...new Set(keys)].sort().map((key) => this.numberOf(key)));
    this.starts.push(this.items.length);
    this.table = null;
  }

  private claim(own: readonly number[]): void {
    for (const key of own) this.push(key, 0);
    const shared = own.flatMap((key) => this.near[key] ?? []);
    if (shared.length === 0) return;
    const whole = new Set(own);
    for (const key of new Set(shared)) if (!whole.has(key)) this.push(key, 1);
  }

  /** The keys that a task names itself. */
  ownOf(task: number): readonly number[] {
    const { keys, shared } = this.current();
    const start = int(keys.start, task);
    return Array.from(rowOf(keys, task)).filter((_, index) => int(shared, start + index) === 0);
  }

  /** Whether the task claims no more than a share of the key. */
  isShareOf(task: number, key: number): boolean {
    return !this.ownOf(task).includes(key);
  }

  private numberOf(name: string): number {
    const known = this.numbers.get(name);
    if (known !== undefined) return known;
    const number = this.names.length;
    this.near.push(this.index.conflicting(name).map(({ holder }) => holder));
    this.index.add(name, number);
    this.numbers.set(name, number);
    this.names.push(name);
    return number;
  }

  private push(key: number, share: 0 | 1): void {
    this.items.push(key);
    this.shares.push(share);
  }

  private current(): { readonly keys: Rows; readonly shared: Int32Array } {
    if (this.table !== null) return this.table;
    const keys = { start: this.starts.taken(), items: this.items.taken() };
    this.table = { keys, shared: this.shares.taken() };
    return this.table;
  }
}
