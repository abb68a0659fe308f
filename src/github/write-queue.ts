import { Retryable } from '../domain/errors.ts';
import type { Budget, Cost, Pace } from './budget.ts';

interface Job {
  readonly cost: Cost;
  readonly run: () => Promise<void>;
  readonly refuse: (error: Retryable) => void;
}

/** Longer pauses are told to the caller, who has better things to do than wait. */
const LONGEST_WAIT_MS = 15_000;

/**
 * The writes of one installation, one at a time, as GitHub asks; its repositories take turns, so that a large run of one
 * does not hold up the others.
 */
export class WriteQueue {
  private readonly budget: Budget;
  private readonly pace: Pace;
  private readonly pausedMs: () => number;
  private readonly lanes = new Map<number, Job[]>();
  private running = false;

  /** `pausedMs`: how long GitHub has asked not to be written to, from now. */
  constructor(given: { budget: Budget; pace: Pace; pausedMs: () => number }) {
    this.budget = given.budget;
    this.pace = given.pace;
    this.pausedMs = given.pausedMs;
  }

  /** Rejects with Retryable where the pause would be long. */
  run<T>(lane: number, cost: Cost, write: () => Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const job: Job = { cost, refuse: reject, run: () => write().then(resolve, reject) };
      this.lanes.set(lane, [...(this.lanes.get(lane) ?? []), job]);
      void this.drain();
    });
  }

  private async drain(): Promise<void> {
    if (this.running) return;
    this.running = true;
    for (let job = this.take(); job; job = this.take()) await this.perform(job);
    this.running = false;
  }

  /** The first job of the lane that waits longest; the lane then goes to the end. */
  private take(): Job | null {
    for (const [lane, [job, ...rest]] of this.lanes) {
      this.lanes.delete(lane);
      if (rest.length > 0) this.lanes.set(lane, rest);
      if (job) return job;
    }
    return null;
  }

  private async perform(job: Job): Promise<void> {
    const waitMs = Math.max(this.pausedMs(), this.budget.waitMs(job.cost));
    if (waitMs > LONGEST_WAIT_MS) {
      const message = `writes to GitHub pause for ${Math.ceil(waitMs / 1000)} s to keep its rate limits`;
      return job.refuse(new Retryable(message, { retryAfterMs: waitMs }));
    }
    if (waitMs > 0) await this.pace.sleep(waitMs);
    this.budget.spend(job.cost);
    await job.run();
  }
}
