import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

/** The built command line. */
export const MAIN = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));

export interface Ended {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of one's own to call `heddle` in, without the files and variables of whoever runs the tests. */
export class Desk {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async opens(): Promise<Desk> {
    return new Desk(await mkdtemp(join(tmpdir(), 'heddle-cli-')));
  }

  /** Runs the command to its end; one that does not end by itself is killed after a minute. */
  async runs(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
    const { exitCode, stdout, stderr } = await execa(process.execPath, [MAIN, ...args], {
      cwd: this.folder,
      env: { PATH: process.env.PATH ?? '', HOME: this.folder, ...env },
      extendEnv: false,
      reject: false,
      timeout: 60_000,
      killSignal: 'SIGKILL',
    });
    return { exitCode, stdout, stderr };
  }

  /** The same with something on standard input. */
  async pipes(input: string, args: readonly string[]): Promise<Ended> {
    const { exitCode, stdout, stderr } = await execa(process.execPath, [MAIN, ...args], {
      cwd: this.folder,
      env: { PATH: process.env.PATH ?? '', HOME: this.folder },
      extendEnv: false,
      reject: false,
      input,
    });
    return { exitCode, stdout, stderr };
  }

  /** Puts a file into the folder; what is no text is written as JSON. Answers its name. */
  async keeps(name: string, content: unknown): Promise<string> {
    const isRaw = typeof content === 'string' || content instanceof Uint8Array;
    await writeFile(join(this.folder, name), isRaw ? content : JSON.stringify(content));
    return name;
  }

  async finds(name: string): Promise<string> {
    return readFile(join(this.folder, name), 'utf8');
  }

  async closes(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}

/** A key as GitHub makes them. */
export const someKey = (): string =>
  generateKeyPairSync('rsa', { modulusLength: 2048 })
    .privateKey.export({ type: 'pkcs1', format: 'pem' })
    .toString();

/** A refusal of a wrong call: one line on stderr that says all of this, exit code 2, nothing on stdout. */
export function refusal(ended: Ended): string {
  const lines = ended.stderr.split('\n');
  if (ended.exitCode !== 2 || lines.length !== 1 || ended.stdout !== '')
    throw new Error(`not a refusal in one line: ${JSON.stringify(ended, null, 1)}`);
  return ended.stderr;
}
