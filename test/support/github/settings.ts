import { readFileSync } from 'node:fs';
import type { WebhookRoute } from './site.ts';

/** What `test/README.md` lists, read from the environment. */
export interface Settings {
  readonly host: string;
  readonly protocol: 'http' | 'https';
  readonly organization: string;
  readonly appId: number;
  readonly privateKey: string;
  readonly webhookSecret: string;
  readonly webhooks: WebhookRoute;
  readonly ownerToken: string;
  /** By the name that stories use, in lower case. */
  readonly tokens: Readonly<Record<string, string>>;
}

const TOKEN = 'HEDDLE_TEST_TOKEN_';

/** Throws with the names of all settings that are missing. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  refuseGaps(env);
  const of = (name: string) => env[name] ?? '';
  const { GHE_PROTOCOL: protocol } = env;
  const tokens = Object.entries(env).filter(([name, value]) => name.startsWith(TOKEN) && value);
  return {
    host: of('GHE_HOST'),
    protocol: protocol === 'http' ? 'http' : 'https',
    organization: of('HEDDLE_TEST_OWNER'),
    appId: Number(of('HEDDLE_TEST_APP_ID')),
    privateKey: readFileSync(of('HEDDLE_TEST_PRIVATE_KEY_PATH'), 'utf8'),
    webhookSecret: of('HEDDLE_TEST_WEBHOOK_SECRET'),
    webhooks: routeOf(env),
    ownerToken: of('HEDDLE_TEST_TOKEN_ADMIN'),
    tokens: Object.fromEntries(
      tokens.map(([name, value]) => [name.slice(TOKEN.length).toLowerCase(), value ?? '']),
    ),
  };
}

const REQUIRED = [
  'HEDDLE_TEST_OWNER',
  'HEDDLE_TEST_APP_ID',
  'HEDDLE_TEST_PRIVATE_KEY_PATH',
  'HEDDLE_TEST_WEBHOOK_SECRET',
  'HEDDLE_TEST_TOKEN_ADMIN',
  'HEDDLE_TEST_TOKEN_ALICE',
  'HEDDLE_TEST_TOKEN_BOB',
  'HEDDLE_TEST_TOKEN_TESS',
  'HEDDLE_TEST_TOKEN_MALLORY',
];

function refuseGaps(env: NodeJS.ProcessEnv): void {
  const missing = REQUIRED.filter((name) => !env[name]);
  if (missing.length > 0)
    throw new Error(`GHE_HOST names ${env.GHE_HOST}; to test there, set also ${missing.join(', ')}`);
}

function routeOf({ HEDDLE_TEST_PORT: port, HEDDLE_TEST_WEBHOOK_URL: url }: NodeJS.ProcessEnv): WebhookRoute {
  if (!port && url)
    throw new Error('HEDDLE_TEST_WEBHOOK_URL needs HEDDLE_TEST_PORT: where the App then listens');
  if (!port) return { kind: 'here' };
  return url ? { kind: 'told', url, port: Number(port) } : { kind: 'setUp', port: Number(port) };
}
