import type { Facts } from '../domain/facts.ts';
import { evolve } from './evolve.ts';
import { keepMembers } from './membership.ts';
import { planRuns } from './planning.ts';

/** A pass opens one epic's run at most; more epics than these nobody labels. */
const ROUNDS = 1_000;

/**
 * The facts as they would be if the quiet time were over: everybody who was asked for has joined, every run is planned.
 * Looked at, never stored: what `/parallel plan` and the dry run show is what the same rules would decide.
 */
export function foresee(facts: Facts): Facts {
  let now: Facts = { ...facts, memory: { ...facts.memory, quietSkippedAt: Number.MAX_SAFE_INTEGER } };
  for (let round = 0; round < ROUNDS; round++) {
    const { effects } = keepMembers(now);
    const opens = effects.some(({ kind }) => kind === 'open-run');
    now = evolve(now, effects).facts;
    if (!opens) break;
  }
  return evolve(now, planRuns(now).effects).facts;
}
