import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import type { Account, AccountKind, App, Permissions } from './account.ts';
import type { BoxCore } from './core.ts';
import { accountNamed } from './find.ts';
import { nextId } from './state.ts';

/** What a coordinating App needs; `app.yml` of a real one says the same in its own words. */
export const usualPermissions: Permissions = {
  actions: 'write',
  checks: 'write',
  contents: 'write',
  issues: 'write',
  pull_requests: 'write',
  statuses: 'read',
  workflows: 'write',
};

export const usualEvents: readonly string[] = [
  'check_run',
  'check_suite',
  'issue_comment',
  'issue_dependencies',
  'issues',
  'merge_group',
  'pull_request',
  'pull_request_review',
  'pull_request_review_comment',
  'pull_request_review_thread',
  'push',
  'repository',
  'status',
  'sub_issues',
  'workflow_job',
  'workflow_run',
];

export interface AppOptions {
  readonly slug?: string;
  readonly permissions?: Permissions;
  readonly events?: readonly string[];
  readonly webhook?: { readonly url?: string; readonly secret?: string };
  /** PEM; made anew when it is not given. */
  readonly privateKey?: string;
}

/** An App with the key that only its own process should have. */
export interface NewApp {
  readonly app: App;
  readonly privateKey: string;
}

/** Registers an App, with its bot account. */
export function registerApp(box: BoxCore, owner: Account, options: AppOptions = {}): NewApp {
  const slug = options.slug ?? 'heddle';
  const { privateKey, publicKey } = keysOf(options.privateKey);
  const id = nextId(box.world);
  const app: App = {
    id,
    slug,
    name: slug,
    clientId: `Iv23li${Buffer.from(String(id)).toString('hex')}`,
    ownerId: owner.id,
    botId: createAccount(box, `${slug}[bot]`, 'Bot').id,
    publicKey,
    permissions: options.permissions ?? usualPermissions,
    events: options.events ?? usualEvents,
    webhook: { url: options.webhook?.url, secret: options.webhook?.secret ?? 'box-secret' },
    createdAt: box.clock.now(),
  };
  box.world.apps.set(id, app);
  return { app, privateKey };
}

/** An account; the one that has the login already is returned as it is. */
export function createAccount(box: BoxCore, login: string, kind: AccountKind): Account {
  const known = accountNamed(box.world, login);
  if (known) return known;
  const id = nextId(box.world);
  const account: Account = { kind, id, login, name: null, email: null, createdAt: box.clock.now() };
  box.world.accounts.set(id, account);
  return account;
}

function keysOf(given: string | undefined): { readonly privateKey: string; readonly publicKey: string } {
  if (given === undefined) {
    return generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
      publicKeyEncoding: { type: 'spki', format: 'pem' },
    });
  }
  const publicKey = createPublicKey(given).export({ type: 'spki', format: 'pem' }).toString();
  return { privateKey: given, publicKey };
}
