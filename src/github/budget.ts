/** A clock that only goes forward (milliseconds from any moment), and a way to wait on it. */
export interface Pace {
  readonly now: () => number;
  readonly sleep: (ms: number) => Promise<void>;
}

export const REAL_PACE: Pace = {
  // Not the time of day: set back, it would stretch every pause.
  now: () => performance.now(),
  sleep: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};

/** What a write costs: whether it creates content that people are notified of. */
export type Cost = 'content' | 'plain';

/** Whose limits are kept: github.com's, or none, as on an enterprise server whose administrator has set none. */
export type RateLimits = 'github' | 'none';

/**
 * GitHub's secondary limits for one installation: 80 content creations a minute, 500 an hour, 900 points a minute (a
 * write is 5, a read 1). Each is kept by a bucket whose burst and refill together never pass the limit in any window,
 * so that a small run is never slowed down and a large one never refused.
 */
export class Budget {
  private readonly minute: Bucket;
  private readonly hour: Bucket;
  private readonly points: Bucket;
  private readonly limits: RateLimits;

  constructor(now: () => number, limits: RateLimits = 'github') {
    this.limits = limits;
    this.minute = new Bucket({ burst: 30, perMs: 50 / 60_000, now });
    this.hour = new Bucket({ burst: 200, perMs: 300 / 3_600_000, now });
    this.points = new Bucket({ burst: 300, perMs: 600 / 60_000, now });
  }

  /** Milliseconds until a write may go out. */
  waitMs(cost: Cost): number {
    if (this.limits === 'none') return 0;
    const content = cost === 'content' ? Math.max(this.minute.waitMs(1), this.hour.waitMs(1)) : 0;
    return Math.max(content, this.points.waitMs(5));
  }

  spend(cost: Cost): void {
    if (cost === 'content') {
      this.minute.take(1);
      this.hour.take(1);
    }
    this.points.take(5);
  }

  /** Reads never wait, but writes wait for them. */
  spendRead(): void {
    this.points.take(1);
  }
}

class Bucket {
  private readonly burst: number;
  private readonly perMs: number;
  private readonly now: () => number;
  private level: number;
  private at: number;

  constructor({ burst, perMs, now }: { burst: number; perMs: number; now: () => number }) {
    this.burst = burst;
    this.perMs = perMs;
    this.now = now;
    this.level = burst;
    this.at = now();
  }

  waitMs(amount: number): number {
    this.refill();
    return this.level >= amount ? 0 : Math.ceil((amount - this.level) / this.perMs);
  }

  take(amount: number): void {
    this.refill();
    this.level = Math.max(this.level - amount, -this.burst);
  }

  /** A clock that was set back refills nothing. */
  private refill(): void {
    const now = this.now();
    this.level = Math.min(this.burst, this.level + Math.max(0, now - this.at) * this.perMs);
    this.at = now;
  }
}
