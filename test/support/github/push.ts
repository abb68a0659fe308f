import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { Files } from './things.ts';

export interface Push {
  readonly branch: string;
  readonly files: Files;
  readonly message?: string;
  /** Where a branch starts that is not there yet; the default branch if not given. */
  readonly from?: string;
  /** Rewrites the branch: it starts anew from `from`. */
  readonly force?: boolean;
}

/** Who pushes, and where to. */
export interface Pusher {
  readonly gitUrl: string;
  readonly login: string;
  readonly token: string;
}

/** Commits files on a branch and pushes it, by git over HTTP. Answers the branch's new tip. */
export async function pushFiles(pusher: Pusher, push: Push): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'heddle-push-'));
  try {
    const git = gitIn(directory, pusher);
    await git('init', '--quiet');
    const start = await startOf(git, push);
    if (start !== undefined) {
      await git('fetch', '--quiet', '--depth=1', pusher.gitUrl, start);
      await git('checkout', '--quiet', '--detach', 'FETCH_HEAD');
    }
    await write(directory, push.files);
    await git('add', '--all');
    await git('commit', '--quiet', '-m', push.message ?? `Change ${Object.keys(push.files).join(', ')}`);
    const force = push.force ? ['--force'] : [];
    await git('push', '--quiet', ...force, pusher.gitUrl, `HEAD:refs/heads/${push.branch}`);
    return await git('rev-parse', 'HEAD');
  } finally {
    await rm(directory, { recursive: true, force: true });
  }

  /** What the commit stands on; undefined in an empty repository. */
  async function startOf(git: Git, { branch, from, force }: Push): Promise<string | undefined> {
    const lines = (await git('ls-remote', pusher.gitUrl)).split('\n').map((line) => line.split('\t')[1]);
    const isThere = lines.includes(`refs/heads/${branch}`);
    if (isThere && !force) return branch;
    if (from !== undefined) return from;
    return lines.includes('HEAD') ? 'HEAD' : undefined;
  }
}

/** Runs git and answers its output. */
export type Git = (...args: readonly string[]) => Promise<string>;

/** Does something in a bare copy of a whole repository, and removes it. */
export async function withMirror<T>(pusher: Pusher, work: (git: Git) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), 'heddle-mirror-'));
  try {
    const git = gitIn(directory, pusher);
    await git('clone', '--quiet', '--mirror', pusher.gitUrl, '.');
    return await work(git);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

/** The token stands in the environment: arguments of processes can be read by everybody on the machine. */
function gitIn(cwd: string, { login, token }: Pusher): Git {
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  const email = `${login}@users.noreply.invalid`;
  const env = {
    PATH: process.env.PATH,
    HOME: cwd,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${basic}`,
    ...{ GIT_AUTHOR_NAME: login, GIT_AUTHOR_EMAIL: email },
    ...{ GIT_COMMITTER_NAME: login, GIT_COMMITTER_EMAIL: email },
  };
  return async (...args) => (await execa('git', args, { cwd, env, extendEnv: false })).stdout;
}

async function write(directory: string, files: Files): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true });
    await (content === null ? rm(file) : writeFile(file, content));
  }
}
