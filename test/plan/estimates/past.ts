import type { PastAttempt, Profile } from '../../../src/domain/estimate.ts';
import { NO_USAGE } from '../../../src/domain/outcome.ts';

export const aProfile = (given: Partial<Profile> = {}): Profile => ({
  provider: 'exec',
  taskKind: 'feature',
  complexity: 'medium',
  labels: [],
  ...given,
});

export const aPast = (given: Partial<PastAttempt> = {}): PastAttempt => ({
  profile: aProfile(),
  purpose: 'implement',
  isHere: true,
  endedAt: 0,
  end: 'succeeded',
  minutes: 10,
  usage: NO_USAGE,
  ...given,
});

/** Attempts of the given minutes, oldest first. */
export const pastOf = (minutes: readonly number[], given: Partial<PastAttempt> = {}): PastAttempt[] =>
  minutes.map((each, at) => aPast({ minutes: each, endedAt: at, ...given }));

/** Uniform numbers between 0 and 1, always the same (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Standard normal numbers (Box and Muller). */
export const normals =
  (uniform: () => number): (() => number) =>
  () =>
    Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
