import type { Database } from '../schema.ts';
import { type Held, updateHeld } from './held.ts';

/** Notes that the worker has begun; `false`: it no longer holds the attempt and must stop. */
export async function markStarted(db: Database, held: Held, now: number): Promise<boolean> {
  return await updateHeld(db, held, { started_at: now });
}
