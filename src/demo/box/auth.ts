import { verify } from 'node:crypto';
import type { Actor, App, Token } from './account.ts';
import type { BoxCore } from './core.ts';
import { HttpError } from './errors.ts';
import { accountById } from './find.ts';

/**
 * Whose call it is. Accepts `Bearer` and `token` with a token or an App's JWT, and `Basic` with a token as its
 * password, as git sends it. Throws 401 for credentials that are wrong or have run out.
 */
export function authenticate(box: BoxCore, header: string | undefined): Actor {
  if (header === undefined) return { kind: 'nobody' };
  const credential = credentialOf(header);
  if (credential === undefined) throw badCredentials();
  if (/^[\w-]+\.[\w-]+\.[\w-]+$/.test(credential)) return appOf(box, credential);
  const token = box.world.tokens.get(credential);
  if (!token) throw badCredentials();
  return actorOf(box, token);
}

function credentialOf(header: string): string | undefined {
  const [scheme = '', value = ''] = header.split(' ');
  if (/^(bearer|token)$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme)) return undefined;
  return Buffer.from(value, 'base64').toString().split(':').slice(1).join(':');
}

function actorOf(box: BoxCore, token: Token): Actor {
  const { world, clock } = box;
  if (token.kind === 'person') return { kind: 'person', account: accountById(world, token.accountId) };
  const installation = world.installations.get(token.installationId);
  const app = installation && world.apps.get(installation.appId);
  if (!installation || !app || token.expiresAt <= clock.now()) throw badCredentials();
  if (installation.suspendedAt !== null) throw new HttpError(403, 'This installation has been suspended');
  return {
    kind: 'installation',
    account: accountById(world, app.botId),
    app,
    installation,
    permissions: token.permissions,
    repositoryIds: token.repositoryIds === 'all' ? installation.repositoryIds : token.repositoryIds,
  };
}

/** Checks the signature and, as GitHub does, that the JWT lives ten minutes at most. */
function appOf(box: BoxCore, jwt: string): Actor {
  const [head = '', payload = '', signature = ''] = jwt.split('.');
  const claims = claimsOf(payload);
  const app = [...box.world.apps.values()].find(
    (one) => String(one.id) === String(claims.iss) || one.clientId === claims.iss,
  );
  if (!app || algorithmOf(head) !== 'RS256' || !signed(app, `${head}.${payload}`, signature)) {
    throw new HttpError(401, 'A JSON web token could not be decoded');
  }
  checkTimes(claims, box.clock.now() / 1000);
  return { kind: 'app', app };
}

interface Claims {
  readonly iss?: unknown;
  readonly iat?: unknown;
  readonly exp?: unknown;
}

function claimsOf(payload: string): Claims {
  return decoded(payload);
}

function algorithmOf(head: string): unknown {
  return decoded(head).alg;
}

function decoded(part: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString());
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function signed(app: App, text: string, signature: string): boolean {
  return verify('RSA-SHA256', Buffer.from(text), app.publicKey, Buffer.from(signature, 'base64url'));
}

function checkTimes({ iat, exp }: Claims, now: number): void {
  if (typeof exp !== 'number' || exp <= now) {
    throw new HttpError(
      401,
      "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
    );
  }
  if (exp > now + 600) throw new HttpError(401, "'Expiration time' claim ('exp') is too far in the future");
  if (typeof iat !== 'number' || iat > now + 5) {
    throw new HttpError(
      401,
      "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
    );
  }
}

function badCredentials(): HttpError {
  return new HttpError(401, 'Bad credentials');
}
