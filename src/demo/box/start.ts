import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import { Hono } from 'hono';
import { CallLog } from './calls.ts';
import { Clock } from './clock.ts';
import type { BoxCore } from './core.ts';
import { HttpError } from './errors.ts';
import { Faults } from './faults.ts';
import { noGit } from './git-port.ts';
import { type BoxEnv, identify, type Register, Routes } from './router.ts';
import { emptyWorld } from './state.ts';

/** Every family of routes, in the order in which they are tried. */
const families: readonly Register[] = [];

export interface BoxOptions {
  /** 0, the default, takes a free one. */
  readonly port?: number;
}

export interface Box extends BoxCore {
  /** `127.0.0.1:PORT`, for `GHE_HOST`. */
  readonly host: string;
  readonly port: number;
  close(): Promise<void>;
}

/** Starts a GitHub in a box on 127.0.0.1. */
export async function startBox(options: BoxOptions = {}): Promise<Box> {
  const raw = new Hono<BoxEnv>();
  const server = createAdaptorServer({ fetch: raw.fetch, overrideGlobalObjects: false });
  const port = await new Promise<number>((resolve) => {
    server.listen(options.port ?? 0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  const closers: (() => Promise<void> | void)[] = [() => void server.close()];
  const core: BoxCore = {
    world: emptyWorld(),
    clock: new Clock(),
    faults: new Faults(),
    calls: new CallLog(),
    url: `http://127.0.0.1:${port}`,
    git: noGit,
    emit: () => {},
    changed: () => {},
    listed: (repo) => repo,
    onClose: (close) => void closers.push(close),
  };
  raw.onError((error, c) =>
    error instanceof HttpError
      ? c.json(error.body, { status: error.status, headers: { ...error.headers } } as never)
      : c.json({ message: String(error) }, 500),
  );
  identify(raw, core);
  const routes = new Routes(raw, core);
  for (const register of families) await register(routes, core);
  const close = async () => {
    for (const one of closers.reverse()) await one();
  };
  return Object.assign(core, { host: `127.0.0.1:${port}`, port, close });
}
