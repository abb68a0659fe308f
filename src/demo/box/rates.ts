import type { Actor } from './account.ts';
import type { Clock } from './clock.ts';

const hour = 3_600_000;

/** How many requests each caller has left in its hour. */
export class Rates {
  /** Requests an hour for each installation or account. */
  limit = 5000;
  private readonly windows = new Map<string, { used: number; resetAt: number }>();
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Whether the caller has a request left; takes none. */
  isSpent(actor: Actor): boolean {
    return this.windowOf(actor).used >= this.limit;
  }

  take(actor: Actor): void {
    this.windowOf(actor).used += 1;
  }

  /** `rate` as `GET /rate_limit` shows it. */
  of(actor: Actor) {
    const { used, resetAt } = this.windowOf(actor);
    return {
      limit: this.limit,
      used,
      remaining: Math.max(0, this.limit - used),
      reset: Math.ceil(resetAt / 1000),
    };
  }

  headers(actor: Actor): Readonly<Record<string, string>> {
    const rate = this.of(actor);
    return {
      'x-ratelimit-limit': String(rate.limit),
      'x-ratelimit-remaining': String(rate.remaining),
      'x-ratelimit-reset': String(rate.reset),
      'x-ratelimit-used': String(rate.used),
      'x-ratelimit-resource': 'core',
    };
  }

  private windowOf(actor: Actor) {
    const key = keyOf(actor);
    const window = this.windows.get(key);
    if (window && window.resetAt > this.clock.now()) return window;
    const fresh = { used: 0, resetAt: this.clock.now() + hour };
    this.windows.set(key, fresh);
    return fresh;
  }
}

function keyOf(actor: Actor): string {
  if (actor.kind === 'installation') return `installation ${actor.installation.id}`;
  if (actor.kind === 'person') return `person ${actor.account.id}`;
  return actor.kind === 'app' ? `app ${actor.app.id}` : 'nobody';
}
