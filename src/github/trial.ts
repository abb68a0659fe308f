import { Retryable } from '../domain/errors.ts';
import { Limited } from './errors.ts';

/** How long a question that was not answered is not asked again, milliseconds. */
const REST_MS = 5 * 60_000;

/**
 * A question that a GitHub-like server may not understand, such as one of GraphQL: whoever asks can do without. Only a
 * rate limit is always passed on: what is asked instead would meet it too.
 */
export class Trial {
  readonly #now: () => number;
  readonly #patienceMs: number;
  #restsUntil = Number.NEGATIVE_INFINITY;
  #failing: { readonly since: number; readonly last: number } | null = null;

  /** `patienceMs`: for how long failures that may pass are passed on, to be tried again, before they count as a no. */
  constructor(now: () => number, patienceMs: number) {
    this.#now = now;
    this.#patienceMs = patienceMs;
  }

  /** Null: do without. */
  async ask<T>(question: () => Promise<T>): Promise<T | null> {
    if (this.#now() < this.#restsUntil) return null;
    try {
      const answer = await question();
      this.#failing = null;
      return answer;
    } catch (error) {
      if (error instanceof Limited || this.#mayPass(error)) throw error;
      this.#restsUntil = this.#now() + REST_MS;
      return null;
    }
  }

  #mayPass(error: unknown): boolean {
    if (!(error instanceof Retryable)) return false;
    const now = this.#now();
    const known = this.#failing;
    const since = known && now - known.last < REST_MS ? known.since : now;
    this.#failing = { since, last: now };
    return now - since < this.#patienceMs;
  }
}
