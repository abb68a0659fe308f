import { Octokit } from '@octokit/rest';

/** A client with somebody's token, or without one. What has not changed since it was read last costs no rate limit. */
export function clientFor(apiUrl: string, token: string): Octokit {
  return new Octokit({ auth: token, baseUrl: apiUrl, log: SILENT, request: { fetch: remembering() } });
}

/** Octokit would write its warnings to the console. */
export const SILENT = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/** The status with which a call was refused; undefined for everything else that may be thrown. */
export function statusOf(error: unknown): number | undefined {
  const isAnswer = error instanceof Error && 'status' in error && typeof error.status === 'number';
  return isAnswer ? Number(error.status) : undefined;
}

/** What a look finds; undefined where there is nothing. */
export async function unlessMissing<T>(look: Promise<T>): Promise<T | undefined> {
  try {
    return await look;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

interface Remembered {
  readonly tag: string;
  readonly text: string;
  readonly headers: readonly (readonly [string, string])[];
}

/** A fetch that asks for changes only, and answers from memory when there are none. */
function remembering(): typeof fetch {
  const known = new Map<string, Remembered>();
  return async (input, init) => {
    if (init?.method !== 'GET') return await fetch(input, init);
    const key = String(input);
    const last = known.get(key);
    const headers = new Headers(init.headers);
    if (last) headers.set('if-none-match', last.tag);
    const response = await fetch(input, { ...init, headers });
    if (last && response.status === 304) return again(last);
    const tag = response.headers.get('etag');
    if (response.status !== 200 || tag === null) return response;
    const fresh = { tag, text: await response.text(), headers: [...response.headers] };
    known.set(key, fresh);
    return again(fresh);
  };
}

function again({ text, headers }: Remembered): Response {
  const plain = headers.filter(
    ([name]) => !/^(content-encoding|content-length|transfer-encoding)$/i.test(name),
  );
  return new Response(text, {
    status: 200,
    headers: new Headers(plain.map(([name, value]) => [name, value])),
  });
}
