import { spawn } from 'node:child_process';
import { setPriority } from 'node:os';
import { PassThrough, type Readable, type Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { serve } from './serve.ts';

/** A process that makes one map. */
export interface Maker {
  readonly input: Writable;
  readonly output: Readable;
  /** How it ended; after its output. */
  readonly ended: Promise<string>;
  kill(): void;
}

/**
 * Starts the process. Parsers read there what strangers wrote: one of them is native code, and a deep expression
 * overflows its stack. It gets none of this server's secrets, little of its processor, and a memory of its own.
 *
 * Node 20 cannot run TypeScript: where the sources run as they are (in tests), the same code serves in this process.
 */
export function startMaker(): Maker {
  return import.meta.url.endsWith('.ts') ? inThisProcess() : inProcess();
}

const MEMORY_MB = 4_096;
const NICE = 10;

function inProcess(): Maker {
  const file = fileURLToPath(new URL('./main.js', import.meta.url));
  const child = spawn(process.execPath, [`--max-old-space-size=${MEMORY_MB}`, file], {
    cwd: '/',
    env: { PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  // A process that has ended already cannot be asked for less, nor told anything.
  child.stdin.on('error', () => {});
  if (child.pid !== undefined) tryTo(() => setPriority(child.pid ?? 0, NICE));
  const ended = new Promise<string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
  return { input: child.stdin, output: child.stdout, ended, kill: () => void child.kill('SIGKILL') };
}

function inThisProcess(): Maker {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const ended = serve(input, output).then(() => 'exit code 0');
  return { input, output, ended, kill: () => void output.destroy() };
}

function tryTo(act: () => void): void {
  try {
    act();
  } catch {
    // Some systems forbid it; the work is the same.
  }
}
