import { setTimeout as sleep } from 'node:timers/promises';
import { Retryable, Terminal } from '../domain/errors.ts';

export interface Beginning {
  /** What has to succeed once before there is anything else to do. */
  readonly work: () => Promise<void>;
  /** Told of every try that failed. */
  readonly onFailure: (error: unknown, retryInMs: number) => void;
  readonly signal: AbortSignal;
  /** How long to wait for the first try, milliseconds. */
  readonly patienceMs: number;
}

/** First pause between two tries and longest one, milliseconds; it doubles. */
const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/**
 * Begins with what needs GitHub, and does not depend on it: answers when the work is done, or else as soon as its first
 * try fails or takes too long; it is then tried again until it succeeds or the signal is aborted. Rejects with Terminal
 * where the first answer is one that no further try can change; later that is only told, as a server that keeps webhooks
 * must not give up.
 */
export async function begin({ work, onFailure, signal, patienceMs }: Beginning): Promise<void> {
  let isFirst = true;
  let goOn = (): void => {};
  const patience = new Promise<void>((resolve) => {
    goOn = resolve;
    setTimeout(resolve, patienceMs).unref();
  });
  const trying = untilDone({
    work,
    signal,
    onFailure: (error, retryInMs) => {
      if (isFirst && error instanceof Terminal) throw error;
      onFailure(error, retryInMs);
      goOn();
    },
  });
  await Promise.race([trying, patience]);
  isFirst = false;
  trying.catch(() => {});
}

/** Ends without a word when the signal is aborted. */
async function untilDone({ work, onFailure, signal }: Omit<Beginning, 'patienceMs'>): Promise<void> {
  for (let pauseMs = FIRST_MS; !signal.aborted; pauseMs = Math.min(2 * pauseMs, LONGEST_MS)) {
    try {
      return await work();
    } catch (error) {
      const retryInMs = (error instanceof Retryable ? error.retryAfterMs : null) ?? pauseMs;
      onFailure(error, retryInMs);
      await sleep(retryInMs, undefined, { signal }).catch(() => {});
    }
  }
}
