import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import type { z } from 'zod';
import type { Actor } from './account.ts';
import { readBody } from './body.ts';
import type { BoxCore } from './core.ts';
import { invalid, MovedIssue, notFound } from './errors.ts';
import { findRepository } from './find.ts';
import { followed, formerlyNamed, sentOnTo } from './moves.ts';
import { check, type Needs } from './needs.ts';
import type { Repository } from './state.ts';

/** What hono carries from the middleware to a route. */
export interface BoxEnv {
  Bindings: HttpBindings;
  Variables: { actor: Actor; route: string };
}

export interface Answer {
  readonly status: number;
  /** `null` is a JSON null; undefined is no body at all. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request to the REST API, authenticated and permitted. */
export interface Call {
  readonly actor: Actor;
  readonly query: URLSearchParams;
  /** The address as called, for links to other pages. */
  readonly url: URL;
  /** A path parameter. */
  param(name: string): string;
  /** A path parameter that must be a number; 404 when it is not. */
  number(name: string): number;
  /** The JSON body in the form of a schema; 422 when it is not. */
  body<S extends z.ZodType>(schema: S): Promise<z.infer<S>>;
}

export interface RepoCall extends Call {
  readonly repo: Repository;
}

type Handler<C> = (call: C) => Promise<Answer> | Answer;
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A file of routes registers them with a function of this form, listed in `start.ts`. */
export type Register = (routes: Routes, box: BoxCore) => Promise<void> | void;

export const apiPrefix = '/api/v3';

/** The table of routes. `raw` is hono itself, for what is not REST (git, GraphQL). */
export class Routes {
  readonly raw: Hono<BoxEnv>;
  private readonly box: BoxCore;

  constructor(raw: Hono<BoxEnv>, box: BoxCore) {
    this.raw = raw;
    this.box = box;
  }

  /** A route below `/api/v3` that names no repository. */
  on(method: Method, path: string, handler: Handler<Call>): void {
    this.raw.on(method, apiPrefix + path, async (c) => {
      c.set('route', path);
      return respond(await handler(callOf(c)));
    });
  }

  /**
   * A route below `/repos/:owner/:repo`, also reachable by `/repositories/:id`. Answers 404 for what the caller
   * cannot see and 403 for what it may not do.
   */
  repo(method: Method, path: string, needs: Needs, handler: Handler<RepoCall>): void {
    const route = `/repos/:owner/:repo${path}`;
    const run = async (c: Context<BoxEnv>) => {
      c.set('route', route);
      const repo = findRepository(this.box.world, c.req.param());
      if (!repo) throw this.unknown(c);
      check(this.box.world, { actor: c.get('actor'), repo, needs, reading: method === 'GET' });
      const answer = await this.answer(c, async () => await handler({ ...callOf(c), repo }));
      if (method !== 'GET') this.box.changed(repo);
      return respond(answer);
    };
    this.raw.on(method, apiPrefix + route, run);
    this.raw.on(method, `${apiPrefix}/repositories/:repository_id${path}`, run);
  }

  /** Under a repository's former name, the way to it; else nothing. */
  private unknown(c: Context<BoxEnv>): Error {
    const former = formerlyNamed(this.box, c.req.param());
    return former ? sentOnTo(this.box, former, requestOf(c)) : notFound();
  }

  private async answer(c: Context<BoxEnv>, handle: () => Promise<Answer>): Promise<Answer> {
    try {
      return await handle();
    } catch (error) {
      throw error instanceof MovedIssue ? followed(this.box, error, requestOf(c)) : error;
    }
  }
}

const requestOf = (c: Context<BoxEnv>) => ({ method: c.req.method, url: new URL(c.req.url) });

export function ok(body: unknown, status = 200): Answer {
  return { status, body };
}

export const noContent: Answer = { status: 204 };

function callOf(c: Context<BoxEnv>): Call {
  const url = new URL(c.req.url);
  const param = (name: string) => c.req.param(name) ?? '';
  return {
    actor: c.get('actor'),
    url,
    query: url.searchParams,
    param,
    number: (name) => wholeNumber(param(name)),
    body: async (schema) => readBody(schema, await c.req.text()),
  };
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw notFound();
  return Number(text);
}

function respond(answer: Answer): Response {
  const headers = { ...answer.headers };
  if (answer.body === undefined) return new Response(null, { status: answer.status, headers });
  const type = { 'content-type': 'application/json; charset=utf-8' };
  return new Response(JSON.stringify(answer.body), {
    status: answer.status,
    headers: { ...type, ...headers },
  });
}

/** A query parameter that must be one of some words; 422 when it is not. */
export function choice<T extends string>(call: Call, name: string, words: readonly T[], fallback: T): T {
  const value = call.query.get(name);
  if (value === null || value === '') return fallback;
  const found = words.find((word) => word === value);
  if (!found) throw invalid({ resource: 'Search', field: name, code: 'invalid', value });
  return found;
}
