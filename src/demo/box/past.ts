import type { Clock } from './clock.ts';
import type { Faults } from './faults.ts';
import type { Repository } from './state.ts';

interface Copy {
  readonly at: number;
  readonly repo: Repository;
}

/**
 * Repositories as they were, for lists that lag behind writes. Copies are taken only while a lag is set: one when it
 * is switched on and one after each change.
 */
export class Past {
  private readonly copies = new Map<number, Copy[]>();
  private readonly clock: Clock;
  private readonly faults: Faults;

  constructor(clock: Clock, faults: Faults) {
    this.clock = clock;
    this.faults = faults;
  }

  changed(repo: Repository): void {
    if (this.faults.listLagMs <= 0) return;
    const copy = { at: this.clock.now(), repo: structuredClone(repo) };
    this.copies.set(repo.id, [...this.needed(repo.id), copy]);
  }

  /** The newest copy that is old enough; the live repository once nothing has changed for as long as the lag. */
  listed(repo: Repository): Repository {
    const copies = this.faults.listLagMs > 0 ? this.needed(repo.id) : [];
    const newest = copies.at(-1);
    if (!newest || newest.at <= this.horizon()) return repo;
    return copies[0]?.repo ?? repo;
  }

  /** From the last copy before the horizon on; older ones are never shown again. */
  private needed(id: number): readonly Copy[] {
    const copies = this.copies.get(id) ?? [];
    const first = copies.findLastIndex((copy) => copy.at <= this.horizon());
    return copies.slice(Math.max(first, 0));
  }

  private horizon(): number {
    return this.clock.now() - this.faults.listLagMs;
  }
}
