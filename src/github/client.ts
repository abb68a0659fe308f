import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import type { GitHubApp } from '../domain/ports/github-app.ts';
import type { GitHubReader } from '../domain/ports/github-reader.ts';
import type { GitHubWriter } from '../domain/ports/github-writer.ts';
import { type Pace, type RateLimits, REAL_PACE } from './budget.ts';
import { Connection } from './connection.ts';
import { classified } from './errors.ts';
import { EtagCache } from './etag-cache.ts';
import { at, text } from './json.ts';
import { createAppReader } from './read/app.ts';
import { createReader } from './reader.ts';
import { type OnCall, REQUEST_TIMEOUT_MS, timedFetch } from './transport.ts';
import { createWriter } from './writer.ts';

export interface GitHubOptions extends CallOptions {
  readonly appId: number;
  readonly privateKey: string;
}

/** How GitHub is called, whoever calls. */
interface CallOptions {
  /** `https://api.github.com`, or `https://HOST/api/v3` of an enterprise server. */
  readonly baseUrl: string;
  readonly userAgent: string;
  readonly fetch?: typeof fetch;
  /** Told of every HTTP exchange, synchronously; must not throw. */
  readonly onCall?: OnCall;
  readonly pace?: Pace;
  /** Whose limits writes keep by themselves; what the server itself asks for is always obeyed. */
  readonly rateLimits?: RateLimits;
  readonly timeoutMs?: number;
}

export interface TokenRequest {
  readonly installationId: number;
  /** The token is good for this repository only. */
  readonly repositoryId: number;
  readonly permissions: Readonly<Record<string, 'read' | 'write'>>;
  /** A new one, even if the last one still has time left. */
  readonly refresh?: boolean;
}

/** GitHub as one App sees it. Every method rejects with Retryable or Terminal only. */
export interface GitHub {
  readonly app: GitHubApp;
  reader(installationId: number): GitHubReader;
  writer(installationId: number): GitHubWriter;
  /** An installation token with no more than what is asked for; good for some minutes at least. */
  token(request: TokenRequest): Promise<string>;
}

/** The App's own calls belong to no installation; GitHub counts those from 1. */
const NO_INSTALLATION = 0;

/** Bytes of JSON that are kept to ask GitHub for changes only; for all installations together. */
const CACHE_BYTES = 16 * 1024 * 1024;

export function createGitHub(options: GitHubOptions): GitHub {
  const { pace = REAL_PACE, rateLimits = 'github', onCall = () => {} } = options;
  const octokit = octokitFor(options, null);
  const shared = { cache: new EtagCache(CACHE_BYTES), onCall, pace, rateLimits };
  const app = createAppReader(new Connection({ octokit, installationId: NO_INSTALLATION, ...shared }));
  const connectionOf = remembered(
    (id) => new Connection({ octokit: octokitFor(options, id), installationId: id, ...shared }),
  );
  const readerOf = remembered((id) => createReader({ connection: connectionOf(id), appId: options.appId }));
  const writerOf = remembered((id) => createWriter({ connection: connectionOf(id), appLogin: app.login }));
  return { app, reader: readerOf, writer: writerOf, token: (request) => mint(octokit, request) };
}

/** The same reader with somebody's own token: it sees what that person may see. Rejects with Retryable or Terminal only. */
export function createTokenReader(options: CallOptions & { readonly token: string }): GitHubReader {
  const { pace = REAL_PACE, rateLimits = 'github', onCall = () => {} } = options;
  const octokit = new Octokit({ auth: options.token, ...callsOf(options) });
  const cache = new EtagCache(CACHE_BYTES);
  const installationId = NO_INSTALLATION;
  const connection = new Connection({ octokit, installationId, cache, onCall, pace, rateLimits });
  // No check run is this reader's own.
  return createReader({ connection, appId: 0 });
}

/** Our own client: no throttling and no retries, since a POST must never be sent twice behind our back. */
function octokitFor(options: GitHubOptions, installationId: number | null): Octokit {
  const { appId, privateKey } = options;
  return new Octokit({
    authStrategy: createAppAuth,
    auth: { appId, privateKey, ...(installationId === null ? {} : { installationId }) },
    ...callsOf(options),
  });
}

function callsOf({ baseUrl, userAgent, timeoutMs = REQUEST_TIMEOUT_MS, ...options }: CallOptions) {
  const { onCall = () => {} } = options;
  const send = options.fetch ?? ((input, init) => globalThis.fetch(input, init));
  return {
    baseUrl,
    userAgent,
    log: SILENT,
    request: { fetch: timedFetch({ fetch: send, timeoutMs, onCall }) },
  };
}

/** Octokit would write its warnings to the console; what matters is in the errors. */
const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

async function mint(
  app: Octokit,
  { installationId, repositoryId, permissions, refresh }: TokenRequest,
): Promise<string> {
  try {
    const answer: unknown = await app.auth({
      type: 'installation',
      installationId,
      repositoryIds: [repositoryId],
      permissions: { ...permissions },
      refresh: refresh ?? false,
    });
    return text(at({ value: answer, where: 'installation token' }, 'token'));
  } catch (error) {
    throw classified(error, { call: 'POST /app/installations/{installation_id}/access_tokens' });
  }
}

function remembered<T>(make: (id: number) => T): (id: number) => T {
  const made = new Map<number, T>();
  return (id) => {
    const known = made.get(id) ?? make(id);
    made.set(id, known);
    return known;
  };
}
