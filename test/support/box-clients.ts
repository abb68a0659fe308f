import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/rest';
import type { Box } from '../../src/demo/box/start.ts';
import { validateExchange } from './openapi/validate.ts';

/** Every way in which the exchanges so far were not GitHub's. */
export type Problems = string[];

/** The App itself, by its JWT. */
export function appClient(box: Box, problems: Problems): Octokit {
  const auth = { appId: box.app.id, privateKey: box.privateKey };
  return new Octokit({ ...common(box, problems), authStrategy: createAppAuth, auth });
}

/** The App in one of its installations. */
export function installationClient(box: Box, installationId: number, problems: Problems): Octokit {
  const auth = { appId: box.app.id, privateKey: box.privateKey, installationId };
  return new Octokit({ ...common(box, problems), authStrategy: createAppAuth, auth });
}

/** A person or whoever else holds a token. */
export function tokenClient(box: Box, token: string, problems: Problems): Octokit {
  return new Octokit({ ...common(box, problems), auth: token });
}

/** The status with which a call was refused. */
export async function refusal(call: Promise<unknown>): Promise<number> {
  try {
    await call;
  } catch (error) {
    if (error instanceof Error && 'status' in error && typeof error.status === 'number') return error.status;
    throw error;
  }
  throw new Error('the call was not refused');
}

function common(box: Box, problems: Problems) {
  const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
  return { baseUrl: `${box.url}/api/v3`, log: silent, request: { fetch: watched(problems) } };
}

/** A fetch that holds every exchange against GitHub's description. */
function watched(problems: Problems): typeof fetch {
  return async (input, init) => {
    const response = await fetch(input, init);
    const url = new URL(String(input));
    const text = await response.clone().text();
    const found = validateExchange({
      method: init?.method ?? 'GET',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      status: response.status,
      requestBody: typeof init?.body === 'string' && init.body !== '' ? JSON.parse(init.body) : undefined,
      responseBody: text === '' ? undefined : JSON.parse(text),
    });
    problems.push(...found);
    return response;
  };
}
