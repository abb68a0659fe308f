import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import type { AppOptions } from './apps.ts';
import { CallLog, callerName } from './calls.ts';
import { Clock } from './clock.ts';
import type { BoxCore } from './core.ts';
import { families } from './families.ts';
import { Faults } from './faults.ts';
import { noGit } from './git-port.ts';
import { prepare } from './middleware.ts';
import { Past } from './past.ts';
import { Rates } from './rates.ts';
import { type BoxEnv, Routes } from './router.ts';
import { emptyWorld } from './state.ts';
import { type Verbs, verbsOf } from './verbs.ts';
import { Webhooks } from './webhooks.ts';

export interface BoxOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
  /** The App under test; it is registered at once and installed by `installsApp`. */
  readonly app?: AppOptions;
}

export interface Box extends BoxCore, Verbs {
  /** `127.0.0.1:PORT`, for `GHE_HOST`. */
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Starts a GitHub in a box on 127.0.0.1. */
export async function startBox(options: BoxOptions = {}): Promise<Box> {
  const raw = new Hono<BoxEnv>();
  const server = createAdaptorServer({ fetch: raw.fetch, overrideGlobalObjects: false });
  const port = await listen(server, options.port ?? 0);
  const closers: (() => Promise<void> | void)[] = [() => shut(server)];
  const core = coreAt(port, closers);
  prepare(raw, core);
  const routes = new Routes(raw, core);
  for (const register of families) await register(routes, core);
  const close = async () => {
    for (const one of closers.splice(0).reverse()) await one();
  };
  return Object.assign(core, verbsOf(core, options.app), { host: `127.0.0.1:${port}`, port, close });
}

function coreAt(port: number, closers: (() => Promise<void> | void)[]): BoxCore {
  const clock = new Clock();
  const faults = new Faults();
  const past = new Past(clock, faults);
  const core: BoxCore = {
    world: emptyWorld(),
    clock,
    faults,
    calls: new CallLog(),
    rates: new Rates(clock),
    url: `http://127.0.0.1:${port}`,
    git: noGit,
    ci: new Map(),
    emit: (event) => webhooks.emit(event),
    emitTo: (installation, event) => webhooks.emitTo(installation, event),
    redeliver: (delivery) => webhooks.redeliver(delivery),
    idle: () => webhooks.idle(),
    announcePull: () => {},
    changed: (repo) => past.changed(repo),
    listed: ({ repo, actor }) => (faults.concern(callerName(actor)) ? past.listed(repo) : repo),
    onClose: (close) => void closers.push(close),
  };
  const webhooks = new Webhooks(core);
  core.onClose(() => webhooks.close());
  faults.whenListsLag(() => {
    for (const repo of core.world.repositories.values()) past.changed(repo);
  });
  return core;
}

async function listen(server: ServerType, port: number): Promise<number> {
  return await new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

async function shut(server: ServerType): Promise<void> {
  if ('closeAllConnections' in server) server.closeAllConnections();
  await new Promise<void>((resolve) => server.close(() => resolve()));
}
