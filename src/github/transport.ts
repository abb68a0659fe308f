/** One HTTP exchange, for telemetry. `cached`: answered 304, so it cost nothing of the hourly limit. */
export interface Call {
  readonly method: string;
  /** With its placeholders: `/repos/{owner}/{repo}/issues`. */
  readonly route: string;
  /** Null: no answer came. */
  readonly status: number | null;
  readonly cached: boolean;
}

export type OnCall = (call: Call) => void;

/** How long one request may take, body included. */
export const REQUEST_TIMEOUT_MS = 20_000;

const NO_BODY = new Set([204, 205, 304]);

/**
 * A fetch that gives up in time and reads the body itself: a body that breaks off is then an error of the network, where
 * octokit would hand on an empty text as if it were the answer. A write never follows a redirect: fetch would turn a
 * POST into a GET.
 */
export function timedFetch(given: { fetch: typeof fetch; timeoutMs: number; onCall: OnCall }): typeof fetch {
  return async (input, init = {}) => {
    const redirect = (init.method ?? 'GET') === 'GET' ? 'follow' : 'manual';
    const response = await given.fetch(input, {
      ...init,
      redirect,
      signal: AbortSignal.timeout(given.timeoutMs),
    });
    const body = NO_BODY.has(response.status) ? null : await response.arrayBuffer();
    tellToken(given.onCall, String(input), response.status);
    return new Response(body, {
      status: response.status,
      statusText: response.statusText,
      headers: response.headers,
    });
  };
}

/** Tokens are fetched by the auth strategy, below the place where all other calls are counted. */
function tellToken(onCall: OnCall, url: string, status: number): void {
  if (!url.endsWith('/access_tokens')) return;
  onCall({
    method: 'POST',
    route: '/app/installations/{installation_id}/access_tokens',
    status,
    cached: false,
  });
}
