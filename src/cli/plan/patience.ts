import { setTimeout as sleep } from 'node:timers/promises';
import { messageOf, Retryable } from '../../domain/errors.ts';

/** Pauses between tries, milliseconds: somebody is waiting at a terminal, so half a minute in all. */
const PAUSES_MS: readonly number[] = [1_000, 2_000, 4_000, 8_000, 15_000];
/** A longer pause that GitHub asks for is told instead of waited for. */
const MOST_MS = 60_000;

/**
 * Tries again what may pass, as politely as GitHub asks for, and tells of every pause. Rejects with the last error, which
 * says when to come back where GitHub said so.
 */
export async function patiently<T>(
  work: () => Promise<T>,
  { tell, wait = sleep }: { readonly tell: (line: string) => void; readonly wait?: (ms: number) => unknown },
): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof Retryable)) throw error;
      const ms = error.retryAfterMs ?? pauseMs;
      if (ms > MOST_MS) throw error;
      tell(`${messageOf(error)}; trying again in ${Math.ceil(ms / 1_000)} s`);
      await wait(ms);
    }
  }
  return await work();
}
