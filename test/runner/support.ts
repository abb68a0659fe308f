import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, expect } from 'vitest';
import { attemptId, type Sha, sha } from '../../src/domain/ids.ts';
import type { AttemptOrder, AttemptOutcome } from '../../src/domain/outcome.ts';
import { createRunner, type Runner, type RunnerOptions } from '../../src/runner/runner.ts';
import { eventually } from '../support/eventually.ts';

const rooms: string[] = [];
const stops: AbortController[] = [];

afterEach(() => {
  for (const stop of stops.splice(0)) stop.abort();
  for (const room of rooms.splice(0)) rmSync(room, { recursive: true, force: true, maxRetries: 5 });
});

/** A directory that is gone after the test. */
export function tempRoom(): string {
  const room = mkdtempSync(join(tmpdir(), 'heddle-runner-'));
  rooms.push(room);
  return room;
}

const PERSON = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
};

/** Git as a person runs it. */
export function gitIn(directory: string, ...args: string[]): string {
  const env = { PATH: process.env.PATH, HOME: directory, ...PERSON };
  return execFileSync('git', args, {
    cwd: directory,
    env,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

/** The repository as GitHub would have it, with a person's clone to change it. */
export class Origin {
  readonly bare: string;
  readonly clone: string;

  constructor(room: string, files: Readonly<Record<string, string>> = { 'README.md': 'hello\n' }) {
    this.bare = join(room, 'origin.git');
    this.clone = join(room, 'clone');
    gitIn(room, 'init', '-q', '--bare', '-b', 'main', this.bare);
    gitIn(room, 'init', '-q', '-b', 'main', this.clone);
    gitIn(this.clone, 'remote', 'add', 'origin', this.bare);
    this.commit('main', files);
  }

  /** Commits files on a branch (made from where the clone is, if it is new) and pushes it. */
  commit(branch: string, files: Readonly<Record<string, string>>): Sha {
    gitIn(this.clone, 'checkout', '-q', '-B', branch);
    for (const [path, text] of Object.entries(files)) write(join(this.clone, path), text);
    gitIn(this.clone, 'add', '-A');
    gitIn(this.clone, 'commit', '-q', '-m', `change ${Object.keys(files).join(' ')}`);
    gitIn(this.clone, 'push', '-q', 'origin', `+${branch}`);
    return sha(gitIn(this.clone, 'rev-parse', 'HEAD').trim());
  }

  goTo(branch: string): void {
    gitIn(this.clone, 'checkout', '-q', branch);
  }

  head(branch = 'main'): Sha {
    return sha(gitIn(this.bare, 'rev-parse', branch).trim());
  }

  /** What the coordinator does with an outcome: takes the bundle in and moves the branch. */
  publish(world: World, outcome: AttemptOutcome, branch: string): Sha {
    gitIn(this.bare, 'fetch', '-q', world.bundleOf(outcome), `+refs/heads/${branch}:refs/heads/${branch}`);
    return this.head(branch);
  }

  show(commit: string, path: string): string {
    return gitIn(this.bare, 'show', `${commit}:${path}`);
  }
}

export function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

/** A runner on its own data directory beside an origin. */
export class World {
  readonly room = tempRoom();
  readonly origin: Origin;
  readonly data = join(this.room, 'data');
  readonly progress: string[] = [];
  runner: Runner;
  readonly #options: Partial<RunnerOptions>;

  constructor(options: Partial<RunnerOptions> & { readonly files?: Readonly<Record<string, string>> } = {}) {
    const { files, ...rest } = options;
    this.origin = new Origin(this.room, files);
    this.#options = rest;
    this.runner = this.restart();
  }

  /** A new runner on the same data, as after a crash of the server. */
  restart(): Runner {
    const limits = { killAfterMs: 500, drainMs: 200, ...this.#options.limits };
    const base = { dataDir: this.data, envAllow: [], credentials: async () => null };
    this.runner = createRunner({ ...base, ...this.#options, limits });
    return this.runner;
  }

  run(order: AttemptOrder, stop = new AbortController()): Promise<AttemptOutcome> {
    stops.push(stop);
    const progress = (line: string) => void this.progress.push(line);
    return this.runner.run(order, { signal: stop.signal, progress, started: () => {} });
  }

  order(parts: Partial<AttemptOrder> = {}): AttemptOrder {
    const issue = parts.issue ?? 7;
    return {
      version: 1,
      attempt: attemptId(`run-1/${issue}/${parts.number ?? 1}`),
      fence: 1,
      issue,
      number: 1,
      kind: 'implement',
      repository: { id: 5, owner: 'o', name: 'r', cloneUrl: this.origin.bare, defaultBranch: 'main' },
      branch: `parallel/${issue}-add-login`,
      base: this.origin.head(),
      tip: null,
      prompt: 'Please do it.',
      title: 'Add login',
      agent: { provider: 'exec', command: ['sh', '-c', 'echo work > work.txt'] },
      verify: [],
      hooks: { afterCreate: [], beforeRun: [], afterRun: [], beforeRemove: [] },
      timeouts: { totalMs: 20_000, idleMs: 20_000 },
      continueWork: false,
      ...parts,
    };
  }

  bundleOf(outcome: AttemptOutcome): string {
    return join(this.data, 'outcomes', outcome.bundle ?? 'none');
  }

  worktree(issue = 7): string {
    return join(this.data, 'worktrees', '5', String(issue));
  }

  get mirror(): string {
    return join(this.data, 'runner', '5', 'mirror.git');
  }

  read(path: string, issue = 7): string {
    return readFileSync(join(this.worktree(issue), path), 'utf8');
  }
}

/** The provider's command for a few lines of shell. */
export const shell = (script: string): AttemptOrder['agent'] => ({
  provider: 'exec',
  command: ['sh', '-c', script],
});

/** The provider's command for a piece of JavaScript. */
export const node = (script: string): AttemptOrder['agent'] => ({
  provider: 'exec',
  command: [process.execPath, '-e', script],
});

/** Waits until the condition holds; far longer than that takes on a busy machine. */
export async function until(condition: () => boolean): Promise<void> {
  await eventually(() => expect(condition()).toBe(true));
}

/** Whether a process runs (a zombie does not). */
export function runs(pid: number): boolean {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return !/^[ZX]/.test(stat.slice(stat.lastIndexOf(')') + 2));
  } catch {
    return false;
  }
}

/** The number that a script has written to a file. */
export async function pidIn(path: string): Promise<number> {
  await until(() => existsSync(path) && readFileSync(path, 'utf8').trim() !== '');
  return Number(readFileSync(path, 'utf8').trim());
}
