import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import type { Box } from '../../src/demo/box/start.ts';

/** A clone in a folder of its own, made and used by the real git. */
export class Clone {
  readonly directory: string;

  private constructor(directory: string) {
    this.directory = directory;
  }

  /** Clones with a token as its password, as an App does; without one anonymously. */
  static async of(box: Box, fullName: string, token?: string): Promise<Clone> {
    const clone = new Clone(await mkdtemp(join(tmpdir(), 'clone-')));
    await clone.git('clone', '--quiet', address(box, fullName, token), '.');
    return clone;
  }

  async git(...args: readonly string[]): Promise<string> {
    return (await this.run(args)).stdout;
  }

  /** What git says where it must fail. */
  async failure(...args: readonly string[]): Promise<string> {
    const result = await this.run(args, false);
    if (result.exitCode === 0) throw new Error(`git ${args.join(' ')} did not fail`);
    return result.stderr;
  }

  async commits(path: string, content: string): Promise<void> {
    await writeFile(join(this.directory, path), content);
    await this.git('add', path);
    await this.git('commit', '--quiet', '-m', `Write ${path}`);
  }

  async remove(): Promise<void> {
    await rm(this.directory, { recursive: true, force: true });
  }

  private async run(args: readonly string[], reject = true) {
    const identity = { GIT_AUTHOR_NAME: 'Cleo', GIT_AUTHOR_EMAIL: 'cleo@example.com' };
    const committer = { GIT_COMMITTER_NAME: 'Cleo', GIT_COMMITTER_EMAIL: 'cleo@example.com' };
    const plain = { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' };
    const env = { ...identity, ...committer, ...plain };
    return await execa('git', args, { cwd: this.directory, env, reject });
  }
}

export function address(box: Box, fullName: string, token?: string): string {
  const password = token === undefined ? '' : `x-access-token:${token}@`;
  return `http://${password}${box.host}/${fullName}.git`;
}
