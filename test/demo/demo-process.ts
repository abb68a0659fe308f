import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';

/** The demo as `npm run demo` starts it, with a temp folder of its own. */
export class DemoProcess {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async prepares(): Promise<DemoProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'heddle-demo-test-'));
    await mkdir(join(folder, 'tmp'));
    return new DemoProcess(folder);
  }

  runs(...args: readonly string[]) {
    const env = { TMPDIR: join(this.folder, 'tmp') };
    return execa('node', ['dist/demo/main.js', ...args], { reject: false, all: true, env });
  }

  /** What it left in its temp folder. */
  async leftovers(): Promise<readonly string[]> {
    return await readdir(join(this.folder, 'tmp'));
  }

  async isTidiedUp(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
