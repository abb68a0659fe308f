import type { DispatchWaitReason } from '../../domain/dispatch.ts';
import { keysConflict } from '../conflicts.ts';
import { int, rowOf } from '../graph/sparse.ts';
import type { DispatchCore } from './core.ts';

/** What is asked for the reasons beyond the core. */
export interface WaitNames {
  idOf(task: number): string;
  requiresOf(task: number): readonly string[];
  /** Minutes on the dispatcher's clock, or null where its time has come. */
  comesAt(task: number): number | null;
}

/** Why tasks do not start now: computed when somebody asks, from one look at all holders. */
export class Waits {
  private readonly core: DispatchCore;
  private readonly names: WaitNames;
  /** By key: whoever holds or shares it, first in the order first. */
  private readonly holders = new Map<number, number[]>();

  constructor(core: DispatchCore, names: WaitNames) {
    this.core = core;
    this.names = names;
    for (const task of core.row.order()) if (core.holdsKeys(task)) this.note(task);
  }

  /** Null: it does not wait, or it would start now. */
  reasonOf(task: number): DispatchWaitReason | null {
    const { core, names } = this;
    const state = core.states[task];
    if (state === 'blocked') return this.blocked(task);
    if (state !== 'ready' && state !== 'parked') return null;
    const requires = names.requiresOf(task);
    const kind = core.kindOf(task);
    if (!core.staff.isMet(kind)) return { kind: 'no-worker', requires };
    const key = this.heldKey(task);
    if (key !== null) return key;
    if (core.room.poolFor(kind) < 0) return { kind: 'worker', requires };
    const [resource] = core.staff.shortFor(kind);
    return resource === undefined ? null : { kind: 'capacity', resource };
  }

  private note(task: number): void {
    for (const key of rowOf(this.core.claims.keys, task)) {
      const known = this.holders.get(key);
      if (known) known.push(task);
      else this.holders.set(key, [task]);
    }
  }

  private blocked(task: number): DispatchWaitReason {
    const { core, names } = this;
    const open = core.edges.blockersOf(task).filter((blocker) => core.states[blocker] !== 'ended');
    const at = names.comesAt(task);
    if (open.length === 0 && at !== null) return { kind: 'not-before', at };
    return { kind: 'blocked', by: [...new Set(open)].map((blocker) => names.idOf(blocker)) };
  }

  private heldKey(task: number): DispatchWaitReason | null {
    const { keys, shared } = this.core.claims;
    const stop = int(keys.start, task + 1);
    for (let at = int(keys.start, task); at < stop; at++) {
      const key = int(keys.items, at);
      const holder = this.holders.get(key)?.find((other) => this.excludes({ task, at, other, key, shared }));
      if (holder !== undefined) return this.heldBy(holder, key);
    }
    return null;
  }

  /** Whether another task's claim of the key goes together with this item of the task's row. */
  private excludes(given: {
    task: number;
    at: number;
    other: number;
    key: number;
    shared: Int32Array;
  }): boolean {
    const { task, at, other, key, shared } = given;
    if (other === task) return false;
    return int(shared, at) === 0 || !this.core.claims.isShareOf(other, key);
  }

  /** In the holder's own words: the key that covers the one that is asked for, or is covered by it. */
  private heldBy(holder: number, key: number): DispatchWaitReason {
    const { claims } = this.core;
    const wanted = claims.names[key] ?? '';
    const own = claims.ownOf(holder).map((each) => claims.names[each] ?? '');
    const meant = own.find((name) => name === wanted) ?? own.find((name) => keysConflict(name, wanted));
    return { kind: 'key', key: meant ?? wanted, heldBy: this.names.idOf(holder) };
  }
}
