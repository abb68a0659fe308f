import { Retryable } from '../domain/errors.ts';
import { classify } from './errors.ts';

/*
 * The race that this file prevents: closing the database under a transaction whose steps wait for each other.
 */

/** Runs the store's work, with every error classified, and knows when none is left. */
export class UnderWay {
  readonly #works = new Set<Promise<unknown>>();
  #closed = false;

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed) throw new Retryable('the store is closed');
    const promise = work();
    this.#works.add(promise);
    try {
      return await promise;
    } catch (error) {
      throw classify(error);
    } finally {
      this.#works.delete(promise);
    }
  }

  /** Lets nothing in any more and waits for the rest. `false`: it was closed before. */
  async close(): Promise<boolean> {
    const first = !this.#closed;
    this.#closed = true;
    await Promise.allSettled(this.#works);
    return first;
  }
}
