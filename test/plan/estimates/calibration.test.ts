import { expect, it } from 'vitest';
import type { PastAttempt, Profile, TaskKind } from '../../../src/domain/estimate.ts';
import { createEstimator } from '../../../src/plan/estimates/estimator.ts';
import { aPast, aProfile, normals, seeded } from './past.ts';

const KINDS: readonly TaskKind[] = ['bug-fix', 'feature', 'documentation'];
const SIGMA = 0.6;
/** What the store hands out at most. */
const REMEMBERED = 300;

interface Planted {
  readonly profile: Profile;
  readonly mu: number;
}

/** Two agents, three kinds, two labels, each of which makes tasks longer or shorter by a planted factor. */
function plantedGroups(normal: () => number): readonly Planted[] {
  const [agents, kinds, labels] = [2, 3, 2].map((count) =>
    Array.from({ length: count }, () => 0.5 * normal()),
  );
  return (agents ?? []).flatMap((agent, a) =>
    (kinds ?? []).flatMap((kind, k) =>
      (labels ?? []).map((label, l) => ({
        profile: aProfile({ provider: `agent ${a}`, taskKind: KINDS[k] ?? null, labels: [`label ${l}`] }),
        mu: Math.log(20) + agent + kind + label,
      })),
    ),
  );
}

interface Tally {
  below50: number;
  below90: number;
  ours: number;
  global: number;
  count: number;
}

/** One attempt after another, each predicted from those before it. */
function play(seed: number, attempts: number, tally: Tally): void {
  const uniform = seeded(seed);
  const normal = normals(uniform);
  const groups = plantedGroups(normal);
  const past: PastAttempt[] = [];
  let logs = 0;
  for (let at = 0; at < attempts; at++) {
    const { profile, mu } = groups[Math.floor(uniform() * groups.length)] ?? { profile: aProfile(), mu: 0 };
    const real = mu + SIGMA * normal();
    const made = createEstimator(past.slice(-REMEMBERED)).attempt({ profile, purpose: 'implement' });
    if (made && at >= 10) {
      tally.below50 += real <= Math.log(made.p50) ? 1 : 0;
      tally.below90 += real <= Math.log(made.p90) ? 1 : 0;
      tally.ours += (real - Math.log(made.p50)) ** 2;
      tally.global += (real - logs / at) ** 2;
      tally.count += 1;
    }
    logs += real;
    past.push(aPast({ profile, endedAt: at, minutes: Math.exp(real) }));
  }
}

it('is calibrated on planted groups, and nearer to what comes than one mean of all', () => {
  const tally: Tally = { below50: 0, below90: 0, ours: 0, global: 0, count: 0 };
  for (let seed = 1; seed <= 9; seed++) play(seed, 250, tally);
  const { below50, below90, ours, global, count } = tally;
  expect(count).toBe(2_160);
  expect(below50 / count).toBeGreaterThan(0.45);
  expect(below50 / count).toBeLessThan(0.55);
  expect(below90 / count).toBeGreaterThan(0.86);
  expect(below90 / count).toBeLessThan(0.94);
  // No estimate can do better than σ² = 0.36. Of what a single mean errs beyond that, most is gone.
  const excess = (of: number): number => of / count - SIGMA ** 2;
  expect(excess(ours)).toBeLessThan(0.3 * excess(global));
});
