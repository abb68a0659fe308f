import type { Effect } from '../domain/effect.ts';
import type { Facts } from '../domain/facts.ts';

/** One rule: looks at facts, returns what should happen. It never acts, waits, throws or reads a clock. */
export type Rule = (facts: Facts) => Ruling;

export interface Ruling {
  readonly effects: readonly Effect[];
  /** Our clock; absent: nothing to wake for. */
  readonly wakeAt?: number | null;
  readonly refreshAt?: number | null;
  readonly reasons?: readonly string[];
}

/** The rule has nothing to say. */
export const NOTHING: Ruling = { effects: [] };

/** Several rulings as one: the earliest times win. */
export function together(rulings: readonly Ruling[]): Ruling {
  return {
    effects: rulings.flatMap((ruling) => ruling.effects),
    wakeAt: earliest(rulings.map((ruling) => ruling.wakeAt)),
    refreshAt: earliest(rulings.map((ruling) => ruling.refreshAt)),
    reasons: rulings.flatMap((ruling) => ruling.reasons ?? []),
  };
}

/** The smallest time there is, or null. */
export function earliest(times: readonly (number | null | undefined)[]): number | null {
  let first: number | null = null;
  for (const time of times) {
    if (time != null && (first === null || time < first)) first = time;
  }
  return first;
}
