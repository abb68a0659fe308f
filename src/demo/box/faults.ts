/** What goes wrong on purpose. */

export interface Match {
  readonly method?: string;
  /** Against the path below `/api/v3`, such as `/repos/acme/shop/issues/1/comments`; a string is a part of it. */
  readonly path?: string | RegExp;
  /** How many requests it hits; default 1. */
  readonly times?: number;
}

export type Fault =
  /** `after`: the box acts and then gives this answer, as when an answer is lost. */
  | { readonly kind: 'status'; readonly status: number; readonly when: 'before' | 'after' }
  | { readonly kind: 'tooMany'; readonly retryAfter: number }
  | { readonly kind: 'secondaryLimit'; readonly retryAfter: number }
  | { readonly kind: 'slow'; readonly milliseconds: number }
  | { readonly kind: 'closed'; readonly when: 'before' | 'after' };

export type WebhookFault =
  | { readonly kind: 'lost' }
  | { readonly kind: 'doubled' }
  /** Held back until the next delivery has gone out. */
  | { readonly kind: 'reordered' }
  | { readonly kind: 'delayed'; readonly milliseconds: number };

/** A request that may meet a fault. */
export interface Subject {
  readonly method: string;
  readonly path: string;
  /** As in the call log. */
  readonly caller: string;
}

interface Armed<F> {
  readonly fault: F;
  readonly matches: (subject: string) => boolean;
  left: number;
}

/** The switches; each stays armed until it has hit as often as asked. */
export class Faults {
  private lag = 0;
  private onLag: () => void = () => {};
  /** This App alone, by its slug, meets faults and lists that lag; unset, everybody does. */
  onlyApp: string | undefined;
  /** How long a pull request shows `mergeable: null` after its head or base has moved. */
  mergeableDelayMs = 5;
  /** How long an installation token lives. */
  tokenLifetimeMs = 3_600_000;
  private requests: Armed<Fault>[] = [];
  private webhooks: Armed<WebhookFault>[] = [];
  private transfers: Armed<Fault>[] = [];

  /** How many of the armed faults for requests, webhooks and git nothing has met yet. */
  get unmet(): number {
    return [...this.requests, ...this.webhooks, ...this.transfers].filter(({ left }) => left > 0).length;
  }

  get listLagMs(): number {
    return this.lag;
  }

  /** Lists show the world as it was so long ago; reads by number or id stay fresh. */
  set listLagMs(milliseconds: number) {
    this.lag = milliseconds;
    if (milliseconds > 0) this.onLag();
  }

  /** Called when lists begin to lag, to remember how the world stands then. */
  whenListsLag(remember: () => void): void {
    this.onLag = remember;
  }

  /** Arms a fault for matching requests. */
  request(match: Match, fault: Fault): void {
    this.requests.push({ fault, left: match.times ?? 1, matches: (subject) => hits(match, subject) });
  }

  /** Arms a fault for git's own requests, such as `{ path: 'git-receive-pack' }` for the body of a push. */
  git(match: Match, fault: Fault): void {
    this.transfers.push({ fault, left: match.times ?? 1, matches: (subject) => hits(match, subject) });
  }

  /** Arms a fault for webhooks whose `event` or `event.action` is named; all of them without a name. */
  webhook(fault: WebhookFault, match: { readonly event?: string; readonly times?: number } = {}): void {
    const matches = (subject: string) =>
      match.event === undefined || subject === match.event || subject.startsWith(`${match.event}.`);
    this.webhooks.push({ fault, left: match.times ?? 1, matches });
  }

  clear(): void {
    this.listLagMs = 0;
    this.mergeableDelayMs = 5;
    this.tokenLifetimeMs = 3_600_000;
    this.requests = [];
    this.webhooks = [];
    this.transfers = [];
  }

  takeRequest(request: Subject): Fault | undefined {
    return this.concern(request.caller)
      ? take(this.requests, `${request.method} ${request.path}`)
      : undefined;
  }

  takeGit(request: Subject): Fault | undefined {
    return this.concern(request.caller)
      ? take(this.transfers, `${request.method} ${request.path}`)
      : undefined;
  }

  takeWebhook(event: string, action: string | null): WebhookFault | undefined {
    return take(this.webhooks, action === null ? event : `${event}.${action}`);
  }

  /** Whether faults are for this caller at all. */
  concern(caller: string): boolean {
    const { onlyApp } = this;
    return onlyApp === undefined || caller === `${onlyApp}[bot]` || caller === `app/${onlyApp}`;
  }
}

function take<F>(armed: Armed<F>[], subject: string): F | undefined {
  const found = armed.find((one) => one.left > 0 && one.matches(subject));
  if (found) found.left -= 1;
  return found?.fault;
}

function hits(match: Match, subject: string): boolean {
  const space = subject.indexOf(' ');
  const path = subject.slice(space + 1);
  if (match.method !== undefined && match.method !== subject.slice(0, space)) return false;
  if (match.path === undefined) return true;
  return typeof match.path === 'string' ? path.includes(match.path) : match.path.test(path);
}
