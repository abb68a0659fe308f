import { generateKeyPairSync } from 'node:crypto';
import nock from 'nock';
import { onTestFinished } from 'vitest';
import { effectKey } from '../../src/domain/ids.ts';
import type { GitHubAction } from '../../src/domain/ports/github-writer.ts';
import type { Repository } from '../../src/domain/repository.ts';
import { createGitHub, type GitHub, type GitHubOptions } from '../../src/github/client.ts';
import type { Call } from '../../src/github/transport.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

export const API = 'https://api.github.test';
export const home: Repository = {
  key: { installationId: 7, repositoryId: 42 },
  owner: 'acme',
  name: 'shop',
  defaultBranch: 'main',
  readOnly: false,
};

export interface Wire {
  readonly github: GitHub;
  readonly calls: readonly Call[];
  /** What was slept instead of waiting, in milliseconds. */
  readonly slept: readonly number[];
  readonly clock: { now: number };
}

/**
 * A GitHub client whose network is closed but for what a test plays, and whose clock only moves when it sleeps. When the
 * test is over the network is open again: the next file shares this process.
 */
export function playWire(options: Partial<GitHubOptions> = {}): Wire {
  if (!nock.isActive()) nock.activate();
  nock.disableNetConnect();
  onTestFinished(openNetwork);
  const clock = { now: 1_800_000_000_000 };
  const slept: number[] = [];
  const calls: Call[] = [];
  const sleep = async (ms: number) => {
    slept.push(ms);
    clock.now += ms;
  };
  const github = createGitHub({
    appId: 1,
    privateKey,
    baseUrl: API,
    userAgent: 'heddle-test',
    onCall: (call) => calls.push(call),
    pace: { now: () => clock.now, sleep },
    ...options,
  });
  return { github, calls, slept, clock };
}

function openNetwork(): void {
  nock.abortPendingRequests();
  nock.cleanAll();
  nock.enableNetConnect();
  nock.restore();
}

let minted = 0;

/** Lets the App fetch tokens; each is another one. */
export function allowTokens(times = 1): void {
  nock(API)
    .post('/app/installations/7/access_tokens')
    .times(times)
    .reply(201, () => ({
      token: `ghs_${++minted}`,
      expires_at: new Date(Date.now() + 3_600_000).toISOString(),
      permissions: { issues: 'write' },
    }));
}

/** An action with what every action has. */
export function act(body: {
  readonly kind: 'comment';
  readonly issue: number;
  readonly body: string;
}): GitHubAction {
  return { key: effectKey('r1/3/notice/hello'), runId: null, mode: 'once', ...body };
}

export const comment = act({ kind: 'comment', issue: 3, body: 'Hello' });

/** An issue as GitHub has it. */
export function issueJson(number: number, more: Readonly<Record<string, unknown>> = {}) {
  return {
    id: 1000 + number,
    node_id: `I_${number}`,
    number,
    title: `Issue ${number}`,
    body: null,
    state: 'open',
    labels: [{ name: 'parallel' }],
    user: { login: 'ann', type: 'User' },
    repository_url: `${API}/repos/acme/shop`,
    created_at: '2026-01-01T00:00:00Z',
    updated_at: '2026-01-02T00:00:00Z',
    ...more,
  };
}
