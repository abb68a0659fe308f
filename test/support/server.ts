import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { Box } from '../../src/demo/box/start.ts';

/** The App as people run it: a process of its own, on a data folder that outlives it. */
export interface ServerOptions {
  readonly box: Box;
  readonly dataDir: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Another entry than the command line, for servers that die on purpose. */
  readonly entry?: readonly string[];
}

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

  /** Starts it and waits until it listens. */
  async starts(env: Readonly<Record<string, string>> = {}): Promise<void> {
    const { box, entry = ['dist/cli/main.js', 'serve'] } = this.#options;
    this.#port ||= await freePort();
    box.setWebhook(this.webhookUrl);
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

  async #ends(signal: NodeJS.Signals): Promise<void> {
    this.#child?.kill(signal);
    await this.died();
  }

  async #listens(child: ChildProcess): Promise<void> {
    for (let tries = 0; tries < 400; tries++) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`the server ended:\n${this.#output}`);
      if (await answers(this.#port)) return;
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    throw new Error(`the server does not listen:\n${this.#output}`);
  }

  #env(): NodeJS.ProcessEnv {
    const { box, dataDir, env = {} } = this.#options;
    return {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      NODE_ENV: 'production',
      APP_ID: String(box.app.id),
      PRIVATE_KEY: box.privateKey,
      WEBHOOK_SECRET: 'box-secret',
      GHE_HOST: box.host,
      GHE_PROTOCOL: 'http',
      HOST: '127.0.0.1',
      PORT: String(this.#port),
      LOG_LEVEL: 'info',
      HEDDLE_DATA_DIR: dataDir,
      HEDDLE_SANDBOX: 'none',
      HEDDLE_WORKERS: '4',
      HEDDLE_QUIET_MS: '150',
      HEDDLE_BACKOFF_MS: '100',
      HEDDLE_TRACKING_MS: '200',
      HEDDLE_SETTLE_MS: '200',
      HEDDLE_RESYNC_SECONDS: '2',
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
