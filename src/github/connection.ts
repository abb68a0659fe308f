import type { Octokit } from '@octokit/rest';
import { Retryable, Terminal } from '../domain/errors.ts';
import { Budget, type Cost, type Pace, type RateLimits } from './budget.ts';
import { classified, graphqlError, Limited, movedError, Refusal } from './errors.ts';
import type { EtagCache } from './etag-cache.ts';
import { at, type Json, list } from './json.ts';
import { slots } from './slots.ts';
import type { OnCall } from './transport.ts';
import { WriteQueue } from './write-queue.ts';

export type Params = Readonly<Record<string, unknown>>;

export interface ListOptions {
  /** The field that holds the list where the answer is an object. */
  readonly field?: string;
  /** More pages than this are an error, so that nothing is silently left out. */
  readonly maxPages?: number;
  /** Read no further once this holds for a page. */
  readonly until?: (page: readonly Json[]) => boolean;
}

/** Pages of 100; no list that is read here is meant to be longer than 10,000. */
const MAX_PAGES = 100;
/** Not there, or gone for good. */
const MISSING: readonly number[] = [404, 410];
/** GitHub allows 100 requests at once for everything that an installation does. */
const READS_AT_ONCE = 8;

interface Page {
  readonly data: unknown;
  readonly next: string | null;
}

/**
 * The calls of one installation. A read may be sent again, and costs nothing while its ETag holds; a write is sent
 * exactly once: only the caller can know whether a lost answer was a yes. Rejects with Retryable or Terminal only.
 */
export class Connection {
  private readonly octokit: Octokit;
  readonly installationId: number;
  private readonly cache: EtagCache;
  private readonly onCall: OnCall;
  private readonly pace: Pace;
  private readonly budget: Budget;
  private readonly queue: WriteQueue;
  private readonly slot = slots(READS_AT_ONCE);
  private readonly pausedUntil = { all: 0, writes: 0 };
  private strikes = 0;

  constructor(given: {
    octokit: Octokit;
    installationId: number;
    cache: EtagCache;
    onCall: OnCall;
    pace: Pace;
    rateLimits: RateLimits;
  }) {
    this.octokit = given.octokit;
    this.installationId = given.installationId;
    this.cache = given.cache;
    this.onCall = given.onCall;
    this.pace = given.pace;
    this.budget = new Budget(given.pace.now, given.rateLimits);
    const pausedMs = () => Math.max(this.pausedUntil.all, this.pausedUntil.writes) - given.pace.now();
    this.queue = new WriteQueue({ budget: this.budget, pace: given.pace, pausedMs });
  }

  /** Our clock, which only goes forward; milliseconds. */
  readonly now = (): number => this.pace.now();

  /** One answer of a GET. */
  async read(route: string, params: Params = {}): Promise<Json> {
    const { data } = await this.page(route, { route, params });
    return { value: data, where: route };
  }

  /** As `read`; null for what is not there, or not on this version of GitHub. */
  async find(route: string, params: Params = {}, missing: readonly number[] = MISSING): Promise<Json | null> {
    return await orMissing(this.read(route, params), missing);
  }

  /** All pages of a list. */
  async list(route: string, params: Params, options: ListOptions = {}): Promise<readonly Json[]> {
    const { field, maxPages = MAX_PAGES, until } = options;
    const items: Json[] = [];
    let page = await this.page(route, { route, params: { per_page: 100, ...params } });
    for (let number = 1; ; number++) {
      const json: Json = { value: page.data, where: route };
      const found = list(field === undefined ? json : at(json, field));
      items.push(...found);
      if (page.next === null || until?.(found)) return items;
      if (number >= maxPages)
        throw new Terminal(`${route} has more than ${maxPages} pages of 100: too many to read`);
      page = await this.page(route, { route: page.next, params: {} });
    }
  }

  /** As `list`; null where there is no such list. */
  async findList(route: string, params: Params, options: ListOptions = {}): Promise<readonly Json[] | null> {
    return await orMissing(this.list(route, params, options), [...MISSING, 501]);
  }

  /** A GraphQL query; nodes that are gone are null in its data. */
  async query(name: string, query: string, variables: Params): Promise<Json> {
    return await this.slot(() => this.graphql({ name, query, variables, missing: ['NOT_FOUND'] }));
  }

  /** A write in its turn. `lane` is the repository's id. Never sent twice. */
  async write(lane: number, route: string, params: Params, cost: Cost = 'content'): Promise<Json> {
    return await this.queue.run(lane, cost, async () => {
      const answer = await this.send(route, route, params, 'writes');
      if (answer.status >= 300) throw movedError(route, lane, answer.headers.location);
      return { value: answer.data, where: route };
    });
  }

  /** A GraphQL mutation in its turn. */
  async mutate(lane: number, name: string, query: string, variables: Params): Promise<Json> {
    return await this.queue.run(lane, 'plain', () => this.graphql({ name, query, variables, missing: [] }));
  }

  /** One page, from the cache where GitHub says that it still holds; tried again once with a new token after a 401. */
  private async page(name: string, { route, params }: { route: string; params: Params }): Promise<Page> {
    return await this.slot(async () => {
      try {
        return await this.conditional(name, route, params);
      } catch (error) {
        if (!(error instanceof Retryable && error.cause instanceof Refusal)) throw error;
      }
      return await this.conditional(name, route, params).catch((error: unknown) => {
        throw error instanceof Retryable && error.cause instanceof Refusal ? error.cause : error;
      });
    });
  }

  private async conditional(name: string, route: string, params: Params): Promise<Page> {
    const key = `${this.installationId} ${this.octokit.request.endpoint(route, params).url}`;
    const known = this.cache.get(key);
    const headers = known ? { 'if-none-match': known.etag } : {};
    const answer = await this.send(name, route, { ...params, headers }, 'reads');
    if (answer.status === 304 && known) return known;
    this.budget.spendRead();
    // A proxy's page in place of an answer.
    if (typeof answer.data === 'string') throw new Retryable(`${name}: GitHub's answer is not JSON`);
    const page = { data: answer.data, next: this.nextOf(answer.headers) };
    const { etag } = answer.headers;
    if (etag !== undefined) this.cache.set(key, { etag, ...page });
    return page;
  }

  /** Pages are followed by their links; always at the address that was configured, whatever the link says. */
  private nextOf(headers: Headers): string | null {
    const next = /<([^<>]+)>;\s*rel="next"/.exec(headers.link ?? '')?.[1];
    if (next === undefined) return null;
    const base = new URL(this.octokit.request.endpoint.DEFAULTS.baseUrl);
    const { pathname, search } = new URL(next, base);
    return `GET ${base.origin}${pathname}${search}`;
  }

  private async graphql(given: GraphQL): Promise<Json> {
    const { name, query, variables, missing } = given;
    const base = this.octokit.request.endpoint.DEFAULTS.baseUrl;
    const url = base.endsWith('/api/v3') ? base.replace(/\/v3$/, '/graphql') : `${base}/graphql`;
    const { data } = await this.send(`graphql ${name}`, `POST ${url}`, { query, variables }, 'reads');
    this.budget.spendRead();
    const answer: Json = { value: data, where: name };
    const problem = graphqlError(name, at(answer, 'errors'), missing);
    if (problem) throw this.noted(problem, 'reads');
    return at(answer, 'data');
  }

  /** One HTTP exchange. A 304 is an answer here, not an error. */
  private async send(name: string, route: string, params: Params, of: 'reads' | 'writes'): Promise<Answer> {
    const pausedMs = this.pausedUntil.all - this.pace.now();
    if (pausedMs > 0)
      throw new Limited(`${name}: GitHub asked for a pause`, { limit: 'primary', retryAfterMs: pausedMs });
    try {
      const answer: Answer = await this.octokit.request(route, { ...params });
      this.tell(name, answer.status);
      if (of === 'writes') this.strikes = 0;
      return answer;
    } catch (error) {
      return await this.failed(name, error, of);
    }
  }

  private async failed(name: string, error: unknown, of: 'reads' | 'writes'): Promise<Answer> {
    const json: Json = { value: error, where: name };
    const answered = at(json, 'response', 'status').value;
    this.tell(name, typeof answered === 'number' ? answered : null);
    if (answered === 304) return { status: 304, headers: {}, data: null };
    const problem = this.noted(classified(error, { call: name, strikes: this.strikes }), of);
    if (answered !== 401) throw problem;
    await this.dropToken();
    throw new Retryable(problem.message, { cause: problem, retryAfterMs: 1000 });
  }

  /** Remembers what GitHub asked for, so that the other calls keep to it too. */
  private noted(problem: Retryable | Terminal, of: 'reads' | 'writes'): Retryable | Terminal {
    if (!(problem instanceof Limited)) return problem;
    if (problem.limit === 'secondary') this.strikes += 1;
    const scope = of === 'reads' || problem.limit === 'primary' ? 'all' : 'writes';
    const until = this.pace.now() + (problem.retryAfterMs ?? 0);
    this.pausedUntil[scope] = Math.max(this.pausedUntil[scope], until);
    return problem;
  }

  private async dropToken(): Promise<void> {
    await this.octokit.auth({ type: 'installation', refresh: true }).catch(() => {});
  }

  private tell(name: string, status: number | null): void {
    const [method = '', route = ''] = name.split(' ');
    this.onCall({ method, route, status, cached: status === 304 });
  }
}

type Headers = Readonly<{
  etag?: string | undefined;
  link?: string | undefined;
  location?: string | undefined;
}>;

interface GraphQL {
  readonly name: string;
  readonly query: string;
  readonly variables: Params;
  /** Types of errors that only say that a node is gone. */
  readonly missing: readonly string[];
}

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: unknown;
}

async function orMissing<T>(reading: Promise<T>, missing: readonly number[]): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Refusal && missing.includes(error.status)) return null;
    throw error;
  }
}
