import type { Readable } from 'node:stream';
import { execa } from 'execa';
import {
  GIT_CONFIG,
  GIT_ENVIRONMENT,
  GIT_NETWORK_CONFIG,
  gitCredential,
  networkEnvironment,
} from '../domain/git-hardening.ts';

/** One git command in a bare repository. */
export interface GitCall {
  readonly gitDir: string;
  readonly args: readonly string[];
  /** What git reads on its standard input. */
  readonly input?: string | Readable;
  /** The address that is talked to, and the token for it. */
  readonly remote?: { readonly url: string; readonly token: string };
  /** Milliseconds; the default suits what touches no network. */
  readonly timeoutMs?: number;
}

export interface GitAnswer {
  /** Null: ended by a signal or by the time-out. */
  readonly exitCode: number | null;
  readonly stdout: string;
  /** Without any token. */
  readonly stderr: string;
}

/** Git failed; its words, without any token. Has no cause: git's environment may hold one. */
export class GitFailed extends Error {
  override readonly name = 'GitFailed';
  readonly exitCode: number | null;
  constructor(call: GitCall, answer: GitAnswer) {
    super(
      `git ${call.args[0] ?? ''} failed: ${lastLines(answer.stderr) || 'it was ended before it was done'}`,
    );
    this.exitCode = answer.exitCode;
  }
}

const LOCAL_TIMEOUT_MS = 60_000;

/** Runs git and answers its standard output. Throws {@link GitFailed}. */
export async function git(call: GitCall): Promise<string> {
  const answer = await tryGit(call);
  if (answer.exitCode !== 0) throw new GitFailed(call, answer);
  return answer.stdout;
}

/** Runs git, hardened, whatever it answers. */
export async function tryGit(call: GitCall): Promise<GitAnswer> {
  const result = await execa('git', argumentsOf(call), optionsOf(call));
  const said =
    result.exitCode === undefined && result.stderr === '' ? (result.originalMessage ?? '') : result.stderr;
  return { exitCode: result.exitCode ?? null, stdout: result.stdout, stderr: withoutToken(said, call) };
}

/**
 * What git prints, while it prints it: for answers that may be long. Ends git where the reader wants no more, and throws
 * {@link GitFailed} at the end where git failed.
 */
export async function* streamGit(call: GitCall): AsyncGenerator<Buffer, void, void> {
  const running = execa('git', argumentsOf(call), {
    ...optionsOf(call),
    buffer: { stdout: false, stderr: true },
  });
  try {
    for await (const chunk of running.stdout) yield chunk;
    const { exitCode, stderr } = await running;
    const answer = { exitCode: exitCode ?? null, stdout: '', stderr: withoutToken(stderr, call) };
    if (answer.exitCode !== 0) throw new GitFailed(call, answer);
  } finally {
    running.kill();
  }
}

const argumentsOf = (call: GitCall): readonly string[] => [
  ...[...GIT_CONFIG, ...GIT_NETWORK_CONFIG].flatMap((setting) => ['-c', setting]),
  `--git-dir=${call.gitDir}`,
  ...call.args,
];

const optionsOf = (call: GitCall) => ({
  env: environmentOf(call),
  extendEnv: false,
  cwd: '/',
  reject: false,
  stripFinalNewline: false,
  timeout: call.timeoutMs ?? LOCAL_TIMEOUT_MS,
  forceKillAfterDelay: 3000,
  ...(call.input === undefined ? { stdin: 'ignore' as const } : { input: call.input }),
});

function environmentOf({ remote }: GitCall): Record<string, string> {
  return {
    ...GIT_ENVIRONMENT,
    PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    ...(remote === undefined ? {} : networkEnvironment(process.env)),
    ...(remote === undefined || remote.token === ''
      ? {}
      : gitCredential(remote.url, credentialOf(remote.token))),
  };
}

const credentialOf = (token: string) => ({ username: 'x-access-token', token });

function withoutToken(text: string, { remote }: GitCall): string {
  if (remote === undefined || remote.token === '') return text;
  const basic = Buffer.from(`x-access-token:${remote.token}`, 'utf8').toString('base64');
  return text.replaceAll(remote.token, '***').replaceAll(basic, '***');
}

const lastLines = (text: string): string => text.trim().split('\n').slice(-8).join('\n').slice(-2000);
