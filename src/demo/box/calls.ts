import type { Actor } from './account.ts';

/** One HTTP request to the API, as tests and benchmarks count them. */
export interface ApiCall {
  readonly method: string;
  /** `/repos/:owner/:repo/issues/:number`; the path itself where no route matched. */
  readonly route: string;
  readonly path: string;
  readonly status: number;
  /** The account's login, `app/<slug>` for a JWT, or `nobody`. */
  readonly actor: string;
  readonly at: number;
}

/** A request to the REST API and its answer, bodies parsed; undefined where there was none. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly status: number;
  readonly requestBody: unknown;
  readonly responseBody: unknown;
}

/** Whose call it is: a login, `app/<slug>` for a JWT, or `nobody`. */
export function callerName(actor: Actor): string {
  if (actor.kind === 'app') return `app/${actor.app.slug}`;
  return actor.kind === 'nobody' ? 'nobody' : actor.account.login;
}

export class CallLog {
  readonly all: ApiCall[] = [];
  /** Told of every exchange, to hold it against GitHub's description; GraphQL and git are left out. */
  onExchange: ((exchange: Exchange) => void) | null = null;

  add(call: ApiCall): void {
    this.all.push(call);
  }

  /** Calls that cost rate limit: all but those answered 304. */
  counted(since = 0): readonly ApiCall[] {
    return this.all.filter((call) => call.at >= since && call.status !== 304);
  }

  notModified(since = 0): readonly ApiCall[] {
    return this.all.filter((call) => call.at >= since && call.status === 304);
  }

  clear(): void {
    this.all.length = 0;
  }
}
