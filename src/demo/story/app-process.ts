import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Box } from '../box/start.ts';

const CLI = fileURLToPath(new URL('../../cli/main.js', import.meta.url));

/** What the demo sets besides the App's own credentials. Names from `heddle help`. */
export const SETTINGS = {
  HEDDLE_SANDBOX: 'none',
  HEDDLE_WORKERS: '4',
  HEDDLE_QUIET_MS: '500',
  HEDDLE_TRACKING_MS: '500',
  HEDDLE_BACKOFF_MS: '1000',
  HEDDLE_SETTLE_MS: '200',
  HEDDLE_RESYNC_SECONDS: '5',
  HEDDLE_RATE_LIMITS: 'none',
  HEDDLE_ENV_ALLOW: '',
  LOG_LEVEL: 'info',
} as const;

/** How long the App may take to listen, and to stop. */
const START_MS = 60_000;
const STOP_MS = 8_000;

/** The App as people run it: `heddle serve`, a process of its own that knows the box only by its address. */
export class AppProcess {
  readonly url: string;
  readonly log: string;
  readonly #child: ChildProcess;

  private constructor(child: ChildProcess, given: { readonly url: string; readonly log: string }) {
    this.#child = child;
    this.url = given.url;
    this.log = given.log;
  }

  /** Starts it with its data and its log below `folder`, and waits until it listens. */
  static async starts(box: Box, folder: string): Promise<AppProcess> {
    const port = await freePort();
    const log = join(folder, 'app.log');
    const out = openSync(log, 'a');
    const env = environment(box, { port, dataDir: join(folder, 'data') });
    const child = spawn(process.execPath, [CLI, 'serve'], { env, stdio: ['ignore', out, out] });
    closeSync(out);
    const app = new AppProcess(child, { url: `http://127.0.0.1:${port}`, log });
    box.setWebhook(`${app.url}/api/github/webhooks`);
    await app.#listens();
    return app;
  }

  get hasEnded(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** As an operator ends it; the hard way where that takes too long. */
  async stops(): Promise<void> {
    if (this.hasEnded) return;
    const ended = new Promise<void>((resolve) => this.#child.once('exit', () => resolve()));
    this.#child.kill('SIGTERM');
    const patience = setTimeout(() => this.#child.kill('SIGKILL'), STOP_MS);
    await ended;
    clearTimeout(patience);
  }

  async #listens(): Promise<void> {
    const giveUpAt = Date.now() + START_MS;
    while (!(await answers(`${this.url}/ping`))) {
      if (this.hasEnded || Date.now() > giveUpAt) {
        await this.stops();
        throw new Error(`the App did not start; its log is ${this.log}`);
      }
      await wait(50);
    }
  }
}

function environment(
  box: Box,
  { port, dataDir }: { readonly port: number; readonly dataDir: string },
): NodeJS.ProcessEnv {
  const { PATH, HOME, LANG, TMPDIR } = process.env;
  return {
    PATH,
    HOME,
    ...(LANG === undefined ? {} : { LANG }),
    ...(TMPDIR === undefined ? {} : { TMPDIR }),
    NODE_ENV: 'production',
    APP_ID: String(box.app.id),
    PRIVATE_KEY: box.privateKey,
    WEBHOOK_SECRET: box.app.webhook.secret,
    GHE_HOST: box.host,
    GHE_PROTOCOL: 'http',
    HOST: '127.0.0.1',
    PORT: String(port),
    HEDDLE_DATA_DIR: dataDir,
    ...SETTINGS,
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('this machine gives no free port');
  return address.port;
}
