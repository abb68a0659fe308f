import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Context, Hono, Next } from 'hono';
import type { Actor } from './account.ts';
import { authenticate } from './auth.ts';
import { callerName } from './calls.ts';
import type { BoxCore } from './core.ts';
import { HttpError } from './errors.ts';
import type { Fault } from './faults.ts';
import type { Resource } from './rates.ts';
import { apiPrefix, type BoxEnv } from './router.ts';

/** What every API request goes through: call log, faults, authentication, rate limit, ETags. */
export function prepare(raw: Hono<BoxEnv>, box: BoxCore): void {
  for (const path of ['/api/*', '/graphql']) {
    raw.use(path, (c, next) => log(box, c, next));
    raw.use(path, (c, next) => misbehave(box, c, next));
    raw.use(path, (c, next) => admit(box, c, next));
    raw.use(path, compareTag);
  }
  raw.onError((error) => answerTo(error));
  raw.notFound(() => answerTo(new HttpError(404, 'Not Found')));
}

async function log(box: BoxCore, c: Context<BoxEnv>, next: Next): Promise<void> {
  const at = box.clock.now();
  c.set('actor', { kind: 'nobody' });
  await next();
  const { pathname } = new URL(c.req.url);
  // An App whose clock differs reads this to date its JWT; the box's clock can be hours ahead.
  c.res.headers.set('date', new Date(at).toUTCString());
  c.res.headers.set('x-github-request-id', randomUUID().toUpperCase());
  box.calls.add({
    method: c.req.method,
    route: c.get('route') ?? pathname,
    path: pathname,
    status: c.res.status,
    actor: callerName(c.get('actor')),
    at,
  });
  await show(box, c);
}

/** Shows the exchange to whoever watches. Of a closed connection (499) nobody sees an answer. */
async function show({ calls }: BoxCore, c: Context<BoxEnv>): Promise<void> {
  const { onExchange } = calls;
  const { pathname, searchParams } = new URL(c.req.url);
  if (!onExchange || c.res.status === 499 || pathname.endsWith('/graphql')) return;
  onExchange({
    method: c.req.method,
    path: pathname,
    query: Object.fromEntries(searchParams),
    status: c.res.status,
    requestBody: parsed(await c.req.text()),
    responseBody: parsed(await c.res.clone().text()),
  });
}

/** What is no JSON is shown as the text that it is. */
function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

async function misbehave(box: BoxCore, c: Context<BoxEnv>, next: Next): Promise<Response | undefined> {
  const path = new URL(c.req.url).pathname.replace(apiPrefix, '');
  const caller = callerOf(box, c.req.header('authorization'));
  return await suffer(box.faults.takeRequest({ method: c.req.method, path, caller }), c, next);
}

/** Who calls, as the call log names them; whoever cannot prove it is nobody. */
export function callerOf(box: BoxCore, header: string | undefined): string {
  try {
    return callerName(authenticate(box, header));
  } catch {
    return 'nobody';
  }
}

/** Answers a request under a fault, or as usual where there is none. */
export async function suffer(
  fault: Fault | undefined,
  c: Context<BoxEnv>,
  next: Next,
): Promise<Response | undefined> {
  if (fault?.kind === 'slow') await wait(fault.milliseconds);
  if (!fault || fault.kind === 'slow') {
    await next();
    return undefined;
  }
  if ('when' in fault && fault.when === 'after') await next();
  if (fault.kind === 'closed') c.env.incoming.socket.destroy();
  const answer = answerTo(errorOf(fault));
  c.res = answer;
  return answer;
}

/** A closed connection is logged as 499, as no answer goes out. */
function errorOf(fault: Exclude<Fault, { kind: 'slow' }>): HttpError {
  switch (fault.kind) {
    case 'status':
      return new HttpError(fault.status, fault.status >= 500 ? 'Server Error' : 'Request refused on purpose');
    case 'tooMany':
      return new HttpError(429, 'Too many requests', {
        headers: { 'retry-after': String(fault.retryAfter) },
      });
    case 'secondaryLimit':
      return new HttpError(
        403,
        'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
        { headers: { 'retry-after': String(fault.retryAfter) } },
      );
    case 'closed':
      return new HttpError(499, 'The connection was closed on purpose');
  }
  return fault satisfies never;
}

async function admit(box: BoxCore, c: Context<BoxEnv>, next: Next): Promise<void> {
  const actor = authenticate(box, c.req.header('authorization'));
  c.set('actor', actor);
  const { pathname } = new URL(c.req.url);
  const resource = pathname.endsWith('/graphql') ? 'graphql' : 'core';
  const isFree = pathname === `${apiPrefix}/rate_limit`;
  if (!isFree && box.rates.isSpent(actor, resource)) c.res = limitReached(actor, resource);
  else {
    await next();
    if (!isFree && c.res.status !== 304) box.rates.take(actor, resource);
  }
  for (const [name, value] of Object.entries(box.rates.headers(actor, resource)))
    c.res.headers.set(name, value);
}

/** REST says it by the status; GraphQL answers 200 and says it in the body, as with every error. */
function limitReached(actor: Actor, resource: Resource): Response {
  const whom =
    actor.kind === 'installation' ? `installation ID ${actor.installation.id}` : `${callerName(actor)}`;
  const message = `API rate limit exceeded for ${whom}.`;
  if (resource === 'core') return answerTo(new HttpError(403, message));
  return Response.json({ errors: [{ type: 'RATE_LIMITED', message }] });
}

/** Answers 304 when the caller already has what it would get. */
async function compareTag(c: Context<BoxEnv>, next: Next): Promise<void> {
  await next();
  if (c.req.method !== 'GET' || c.res.status !== 200) return;
  const body = await c.res.clone().arrayBuffer();
  const tag = `W/"${createHash('sha256').update(Buffer.from(body)).digest('hex')}"`;
  c.res.headers.set('etag', tag);
  c.res.headers.set('cache-control', 'private, max-age=60, s-maxage=60');
  if (c.req.header('if-none-match') !== tag) return;
  c.res = new Response(null, { status: 304, headers: { etag: tag } });
}

function answerTo(error: unknown): Response {
  if (error instanceof HttpError) {
    return Response.json(error.body, { status: error.status, headers: { ...error.headers } });
  }
  console.error('GitHub in a box failed:', error);
  return Response.json({ message: `The box itself failed: ${String(error)}` }, { status: 500 });
}
