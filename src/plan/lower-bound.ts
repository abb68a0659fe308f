import type { Instance } from './instance.ts';
import type { Ranking } from './ranks.ts';
import { at, rowOf } from './sparse.ts';

/**
 * No schedule can be shorter than this; minutes. The largest of: the critical path; for every set of workers, the work
 * that only they can do, over their number; for every key, the work under it between the least head and the least
 * tail of its tasks; for every resource, its use over its capacity.
 */
export function lowerBound(instance: Instance, ranking: Ranking): number {
  const path = ranking.rank.reduce((most, rank) => Math.max(most, rank), 0);
  return Math.max(path, workBound(instance), keyBound(instance, ranking), resourceBound(instance));
}

function workBound({ count, kindOf, kinds, pools, duration }: Instance): number {
  const work = new Float64Array(kinds.length);
  for (let task = 0; task < count; task++)
    work[at(kindOf, task)] = at(work, at(kindOf, task)) + at(duration, task);
  const sets = new Map(kinds.map((kind) => [kind.pools.toSorted().join(), new Set(kind.pools)]));
  sets.set('all', new Set(pools.keys()));
  let bound = 0;
  for (const set of sets.values()) {
    const slots = [...set].reduce((sum, pool) => sum + (pools[pool]?.slots.length ?? 0), 0);
    const bounded = kinds.reduce(
      (sum, kind, index) => sum + (kind.pools.every((pool) => set.has(pool)) ? at(work, index) : 0),
      0,
    );
    bound = Math.max(bound, bounded / slots);
  }
  return bound;
}

function keyBound({ count, keys, keyCount, duration }: Instance, { head, rank }: Ranking): number {
  const load = new Float64Array(keyCount);
  const heads = new Float64Array(keyCount).fill(Number.POSITIVE_INFINITY);
  const tails = new Float64Array(keyCount).fill(Number.POSITIVE_INFINITY);
  for (let task = 0; task < count; task++) {
    for (const key of rowOf(keys, task)) {
      load[key] = at(load, key) + at(duration, task);
      heads[key] = Math.min(at(heads, key), at(head, task));
      tails[key] = Math.min(at(tails, key), at(rank, task) - at(duration, task));
    }
  }
  return load.reduce((most, sum, key) => Math.max(most, at(heads, key) + sum + at(tails, key)), 0);
}

function resourceBound({ count, kindOf, kinds, duration, capacity }: Instance): number {
  const use = new Float64Array(capacity.length);
  for (let task = 0; task < count; task++) {
    kinds[at(kindOf, task)]?.demand.forEach((amount, index) => {
      use[index] = at(use, index) + amount * at(duration, task);
    });
  }
  return use.reduce((most, sum, index) => (sum > 0 ? Math.max(most, sum / at(capacity, index)) : most), 0);
}
