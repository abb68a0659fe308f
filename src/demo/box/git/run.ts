import { execa } from 'execa';
import { Answers, isFinal, isLasting } from './lasting.ts';

/** Bytes or text for git's standard input, and environment on top of the hardened one. */
export interface GitOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

/** How a git command ended that is allowed to fail. */
export interface GitResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

const answers = new Answers<GitResult>();
const blobs = new Answers<Uint8Array>();

/** Blobs up to this size are remembered; bytes. */
const SMALL = 16_384;

/** Runs git in a bare repository and returns its standard output without the last newline; throws if git fails. */
export async function git(
  repository: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<string> {
  const result = await gitResult(repository, args, options);
  if (result.exitCode !== 0) throw new Error(failure(args, result));
  return result.stdout;
}

/** Runs git where failing is an answer, such as a merge that conflicts. */
export async function gitResult(
  repository: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<GitResult> {
  const lasting =
    options.input === undefined && isLasting(args) ? [repository, ...args].join('\0') : undefined;
  const known = lasting === undefined ? undefined : answers.get(lasting);
  if (known) return known;
  const answer = await ask(repository, args, options);
  if (lasting !== undefined && isFinal(args, answer.exitCode)) answers.keep(lasting, answer);
  return answer;
}

async function ask(repository: string, args: readonly string[], options: GitOptions): Promise<GitResult> {
  const { exitCode, stdout, stderr } = await execa('git', ['--git-dir', repository, ...args], {
    env: gitEnvironment(options.env),
    extendEnv: false,
    reject: false,
    ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
  });
  return { exitCode: exitCode ?? -1, stdout, stderr };
}

/** A blob's bytes, by its whole name; undefined if there is none. */
export async function gitBlob(repository: string, sha: string): Promise<Uint8Array | undefined> {
  const question = `${repository}\0${sha}`;
  const known = blobs.get(question);
  if (known) return known;
  const bytes = await gitBytes(repository, ['cat-file', 'blob', sha]);
  if (bytes && bytes.length <= SMALL) blobs.keep(question, bytes);
  return bytes;
}

/** Like {@link git}, for output that need not be text; undefined if git fails. */
async function gitBytes(repository: string, args: readonly string[]): Promise<Uint8Array | undefined> {
  const { exitCode, stdout } = await execa('git', ['--git-dir', repository, ...args], {
    env: gitEnvironment(),
    extendEnv: false,
    reject: false,
    encoding: 'buffer',
    stripFinalNewline: false,
    stdin: 'ignore',
  });
  return exitCode === 0 ? stdout : undefined;
}

/** The only environment that git sees here: no configuration of the user or of the machine has a say. */
export function gitEnvironment(extra: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '/usr/bin:/bin',
    HOME: '/nonexistent',
    LC_ALL: 'C.UTF-8',
    TZ: 'UTC',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    ...extra,
  };
}

function failure(args: readonly string[], { exitCode, stderr }: GitResult): string {
  return `git ${args.join(' ')} exited with ${exitCode}: ${stderr.trim()}`;
}
