import type { Box } from '../box/start.ts';

/** How often to look without an event: some things, such as whether a pull request merges, change without one. */
const LOOK_MS = 200;

/** Tells whenever something may have changed in the box. */
export class Watch {
  readonly #listeners = new Set<() => void>();
  readonly #timer: NodeJS.Timeout;
  #due = false;

  constructor(box: Box) {
    const emit = box.emit;
    box.emit = (event) => {
      emit(event);
      this.#soon();
    };
    this.#timer = setInterval(() => this.#tell(), LOOK_MS);
  }

  on(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /** Waits until there is something; looks at every change. Rejects with the signal's reason where that comes first. */
  async until<T>(look: () => T | undefined, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    return await new Promise<T>((resolve, reject) => {
      const done = (): void => {
        this.#listeners.delete(again);
        signal.removeEventListener('abort', stop);
      };
      const again = (): void => {
        const found = look();
        if (found === undefined) return;
        done();
        resolve(found);
      };
      const stop = (): void => {
        done();
        reject(signal.reason);
      };
      this.#listeners.add(again);
      signal.addEventListener('abort', stop);
      again();
    });
  }

  close(): void {
    clearInterval(this.#timer);
    this.#listeners.clear();
  }

  /** Once the box has ended what it does: an event is sent in the middle of a change. */
  #soon(): void {
    if (this.#due) return;
    this.#due = true;
    setImmediate(() => {
      this.#due = false;
      this.#tell();
    });
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}
