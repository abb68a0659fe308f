import type { Actor } from './account.ts';
import type { Clock } from './clock.ts';

const hour = 3_600_000;

/** What is counted apart from each other. */
export type Resource = 'core' | 'graphql';

/** How many requests each caller has left in its hour, of REST and of GraphQL. */
export class Rates {
  /** Requests an hour for each installation or account; a GraphQL query counts as one point. */
  limit = 5000;
  private readonly windows = new Map<string, { used: number; resetAt: number }>();
  private readonly clock: Clock;

  constructor(clock: Clock) {
    this.clock = clock;
  }

  /** Whether the caller has a request left; takes none. */
  isSpent(actor: Actor, resource: Resource): boolean {
    return this.windowOf(actor, resource).used >= this.limit;
  }

  take(actor: Actor, resource: Resource): void {
    this.windowOf(actor, resource).used += 1;
  }

  /** `rate` as `GET /rate_limit` shows it. */
  of(actor: Actor, resource: Resource) {
    const { used, resetAt } = this.windowOf(actor, resource);
    return {
      limit: this.limit,
      used,
      remaining: Math.max(0, this.limit - used),
      reset: Math.ceil(resetAt / 1000),
    };
  }

  headers(actor: Actor, resource: Resource): Readonly<Record<string, string>> {
    const rate = this.of(actor, resource);
    return {
      'x-ratelimit-limit': String(rate.limit),
      'x-ratelimit-remaining': String(rate.remaining),
      'x-ratelimit-reset': String(rate.reset),
      'x-ratelimit-used': String(rate.used),
      'x-ratelimit-resource': resource,
    };
  }

  private windowOf(actor: Actor, resource: Resource) {
    const key = `${resource} of ${keyOf(actor)}`;
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
