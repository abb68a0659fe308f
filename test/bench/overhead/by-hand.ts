import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gitCredential } from '../../../src/domain/git-hardening.ts';
import { cpuMs } from './cpu.ts';
import type { Remote } from './remote.ts';

const run = promisify(execFile);

/** A person with a bare clone, who does with git's own commands what the product does for a task. */
export class ByHand {
  readonly #room: string;
  readonly #remote: Remote;

  constructor(room: string, remote: Remote) {
    this.#room = join(room, 'by-hand');
    this.#remote = remote;
  }

  async prepare(): Promise<void> {
    await mkdir(this.#room, { recursive: true });
    await this.#git(['clone', '--quiet', '--bare', this.#remote.url, this.#bare], this.#room);
  }

  /** Milliseconds from `worktree add` to `worktree remove`, and of processor time. */
  async task(number: number): Promise<{ readonly total: number; readonly cpu: number }> {
    const branch = `by-hand/${number}`;
    const tree = join(this.#room, `tree-${number}`);
    const cpu = cpuMs();
    const began = performance.now();
    await this.#git(['worktree', 'add', '--quiet', '--no-checkout', '-b', branch, tree, 'main']);
    await this.#git(['checkout', '--quiet', '--force', branch], tree);
    await writeFile(join(tree, `work-${number}.txt`), `work on ${number}\n`);
    await this.#git(['add', '--all'], tree);
    await this.#git(['commit', '--quiet', '-m', `Work on ${number}`], tree);
    await this.#git(['bundle', 'create', '--quiet', join(this.#room, `${number}.bundle`), branch, '^main']);
    await this.#git(['push', '--quiet', this.#remote.url, branch]);
    await this.#git(['worktree', 'remove', '--force', tree]);
    return { total: performance.now() - began, cpu: cpuMs() - cpu };
  }

  get #bare(): string {
    return join(this.#room, 'shop.git');
  }

  async #git(args: readonly string[], cwd = this.#bare): Promise<void> {
    await run('git', [...args], { cwd, env: this.#env() });
  }

  #env(): NodeJS.ProcessEnv {
    const { url, token } = this.#remote;
    return {
      PATH: process.env.PATH,
      HOME: this.#room,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_AUTHOR_NAME: 'Ada',
      GIT_AUTHOR_EMAIL: 'ada@example.com',
      GIT_COMMITTER_NAME: 'Ada',
      GIT_COMMITTER_EMAIL: 'ada@example.com',
      ...(token === '' ? {} : gitCredential(url, { username: 'x-access-token', token })),
    };
  }
}
