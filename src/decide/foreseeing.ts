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
  // Epics do not wait for the quiet time, so their runs are opened before that of the loose issues.
  const noisy = { ...facts.settings, quietMs: Number.MAX_SAFE_INTEGER };
  const opened = allJoin({ ...facts, settings: noisy });
  const memory = { ...opened.memory, quietSkippedAt: Number.MAX_SAFE_INTEGER };
  const joined = allJoin({ ...opened, settings: facts.settings, memory });
  return evolve(joined, planRuns(joined).effects).facts;
}

function allJoin(facts: Facts): Facts {
  let now = facts;
  for (let round = 0; round < ROUNDS; round++) {
    const { effects } = keepMembers(now);
    now = evolve(now, effects).facts;
    if (!effects.some(({ kind }) => kind === 'open-run')) break;
  }
  return now;
}
