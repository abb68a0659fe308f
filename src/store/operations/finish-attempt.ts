import type { AttemptOutcome } from '../../domain/outcome.ts';
import { encode } from '../codec.ts';
import { workMs } from '../rows/attempt.ts';
import { measuredIn } from '../rows/measured.ts';
import type { Database } from '../schema.ts';
import { type Held, updateHeld } from './held.ts';

/**
 * Stores an outcome, once, and ends the lease. `false`: refused, because the attempt went to somebody else meanwhile,
 * has its outcome, or the outcome names another attempt or fence.
 */
export async function finishAttempt(
  db: Database,
  held: Held,
  { outcome, now }: { readonly outcome: AttemptOutcome; readonly now: number },
): Promise<boolean> {
  if (outcome.attempt !== held.id || outcome.fence !== held.fence) return false;
  return await updateHeld(db, held, {
    outcome: encode(outcome),
    outcome_class: outcome.class,
    work_ms: workMs(outcome),
    finished_at: now,
    ...measuredIn(outcome, now),
    lease_holder: null,
    lease_until: null,
  });
}
