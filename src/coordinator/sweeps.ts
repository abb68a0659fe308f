import { LOOK_BACK_MS, type SweepRequest, type SweepTools, sweep } from './sweep.ts';

/** A delivery may be under way, and in no list yet, for this long: each sweep looks so far behind the one before. */
const OVERLAP_MS = 10 * 60_000;

/** The sweeps of one process, one at a time. */
export class Sweeps {
  readonly #tools: SweepTools;
  readonly #onDue: SweepRequest['onDue'];
  readonly #stopping = new AbortController();
  #running: Promise<void> | null = null;
  #isComplete = false;
  /** Up to when GitHub's deliveries were looked through (GitHub's clock, so that ours may jump). */
  #upTo: number | null = null;

  constructor(tools: SweepTools, onDue: SweepRequest['onDue']) {
    this.#tools = tools;
    this.#onDue = onDue;
  }

  /** Begins one if it is time, or if the last one was not complete; nothing happens while one runs. */
  begin(isTime: boolean): void {
    if (this.#running || this.#stopping.signal.aborted || (this.#isComplete && !isTime)) return;
    this.#running = this.#sweep().finally(() => {
      this.#running = null;
    });
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #sweep(): Promise<void> {
    const since = this.#upTo === null ? this.#tools.now() - LOOK_BACK_MS : this.#upTo - OVERLAP_MS;
    const { signal } = this.#stopping;
    const { isComplete, upTo } = await sweep(this.#tools, { since, onDue: this.#onDue, signal });
    this.#isComplete = isComplete;
    this.#upTo = upTo ?? this.#upTo;
  }
}
