import type { Database } from '../schema.ts';
import { type Held, updateHeld } from './held.ts';

/** Gives an attempt back without an outcome: it is dispatched again at the next look. `false`: it was no longer held. */
export async function releaseLease(db: Database, held: Held): Promise<boolean> {
  return await updateHeld(db, held, { lease_holder: null, lease_until: null });
}
