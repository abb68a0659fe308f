import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { sendWebhooksTo } from '../github/app.ts';
import type { Site } from '../github/site.ts';

/** The App as people run it: a process of its own, on a data folder that outlives it. */
export interface ServerOptions {
  readonly site: Site;
  readonly dataDir: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Another entry than the command line, for servers that die on purpose. */
  readonly entry?: readonly string[];
}

/** It takes a second; a busy machine is no failure. */
const START_MS = 60_000;

export class Server {
  readonly #options: ServerOptions;
  #child: ChildProcess | null = null;
  #output = '';
  #port = 0;

  constructor(options: ServerOptions) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** As this machine reaches it. */
  get webhookUrl(): string {
    return `http://127.0.0.1:${this.#port}/api/github/webhooks`;
  }

  /** Whether it has ended by now, of itself or by somebody's hand. */
  get isDead(): boolean {
    return this.#child !== null && (this.#child.exitCode !== null || this.#child.signalCode !== null);
  }

  /** Whether it ended as the kernel ends processes. */
  get wasKilled(): boolean {
    return this.#child?.signalCode === 'SIGKILL';
  }

  /** What it printed so far, of all its lives. */
  get output(): string {
    return this.#output;
  }

  /** What it printed last, without its log of webhooks. */
  get lastWords(): string {
    const lines = this.#output.split('\n').filter((line) => !line.includes('"name":"http"'));
    return lines.slice(-40).join('\n');
  }

  /** Starts it and waits until it listens. */
  async starts(env: Readonly<Record<string, string>> = {}): Promise<void> {
    const { entry = ['dist/cli/main.js', 'serve'] } = this.#options;
    if (this.#port === 0) await this.#getsReachable();
    const child = spawn(process.execPath, entry, {
      env: { ...this.#env(), ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.#child = child;
    const note = (chunk: Buffer): void => {
      this.#output += chunk.toString();
    };
    child.stdout?.on('data', note);
    child.stderr?.on('data', note);
    await this.#listens(child);
  }

  /** As the operator ends it. */
  async stops(): Promise<void> {
    await this.#ends('SIGTERM');
  }

  /** As the kernel ends it. */
  async isKilled(): Promise<void> {
    await this.#ends('SIGKILL');
  }

  /** Waits until it has died of itself. */
  async died(): Promise<void> {
    const child = this.#child;
    if (child && child.exitCode === null && child.signalCode === null)
      await new Promise((resolve) => child.once('exit', resolve));
  }

  async #getsReachable(): Promise<void> {
    const { site } = this.#options;
    const { webhooks } = site;
    this.#port = webhooks.kind === 'here' ? await freePort() : webhooks.port;
    if (webhooks.kind === 'here') await sendWebhooksTo(site, this.webhookUrl);
    if (webhooks.kind === 'told') await sendWebhooksTo(site, webhooks.url);
  }

  async #ends(signal: NodeJS.Signals): Promise<void> {
    this.#child?.kill(signal);
    await this.died();
  }

  async #listens(child: ChildProcess): Promise<void> {
    for (const end = Date.now() + START_MS; Date.now() < end; ) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`the server ended:\n${this.#output}`);
      if (await answers(this.#port)) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`the server does not listen:\n${this.#output}`);
  }

  #env(): NodeJS.ProcessEnv {
    const { site, dataDir, env = {} } = this.#options;
    return {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      APP_ID: String(site.app.id),
      PRIVATE_KEY: site.app.privateKey,
      WEBHOOK_SECRET: site.app.webhookSecret,
      ...(site.host === 'github.com' ? {} : { GHE_HOST: site.host, GHE_PROTOCOL: site.protocol }),
      HOST: site.webhooks.kind === 'here' ? '127.0.0.1' : '0.0.0.0',
      PORT: String(this.#port),
      LOG_LEVEL: 'info',
      HEDDLE_DATA_DIR: dataDir,
      HEDDLE_SANDBOX: 'none',
      HEDDLE_WORKERS: '4',
      HEDDLE_QUIET_MS: '150',
      HEDDLE_BACKOFF_MS: '100',
      HEDDLE_TRACKING_MS: '200',
      HEDDLE_SETTLE_MS: '200',
      HEDDLE_RESYNC_SECONDS: '30',
      ...env,
    };
  }
}

async function answers(port: number): Promise<boolean> {
  try {
    return (await fetch(`http://127.0.0.1:${port}/ping`)).ok;
  } catch {
    return false;
  }
}

/** A port that nobody listens on just now. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof address !== 'object' || address === null) throw new Error('no port');
  return address.port;
}
