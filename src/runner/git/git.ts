import { type SimpleGitOptions, simpleGit } from 'simple-git';
import { messageOf } from '../../domain/errors.ts';
import {
  GIT_ALLOWED_VARIABLES,
  GIT_CONFIG,
  GIT_ENVIRONMENT,
  GIT_UNSAFE,
} from '../../domain/git-hardening.ts';
import { GIT_MARKER } from '../markers.ts';

/** Which repository a command is about. Git is never left to find one: what lies in a worktree is not to be trusted. */
export interface GitPlace {
  readonly gitDir: string;
  readonly workTree?: string;
  /** Another index than the worktree's own. */
  readonly index?: string;
}

export interface GitCall {
  readonly env?: Readonly<Record<string, string>>;
  readonly config?: readonly string[];
  readonly signal?: AbortSignal;
  /** Exit codes besides 0 that are answers. */
  readonly answers?: readonly number[];
}

/** Git failed; the message has the command's name and git's last lines. */
export class GitFailed extends Error {
  override readonly name = 'GitFailed';
}

/** Runs one git command, hardened, and answers its standard output. Throws {@link GitFailed}. */
export async function git(place: GitPlace, args: readonly string[], call: GitCall = {}): Promise<string> {
  try {
    return await simpleGit(optionsOf(call))
      .env(environmentOf(place, call))
      .outputHandler(withoutPause)
      .raw([...placeArguments(place), ...args]);
  } catch (error) {
    throw new GitFailed(failureText(args, error), { cause: error });
  }
}

function optionsOf(call: GitCall): Partial<SimpleGitOptions> {
  return {
    // Any directory that is there: every command names its own.
    baseDir: '/',
    config: [...GIT_CONFIG, ...(call.config ?? [])],
    unsafe: GIT_UNSAFE,
    allowEnvironment: GIT_ALLOWED_VARIABLES,
    // An answer is whole when its pipe is closed; by default simple-git takes what came within 50 ms of the end.
    completion: { onClose: true, onExit: false },
    errors: (_error, result) => {
      if (result.exitCode === 0 || call.answers?.includes(result.exitCode)) return undefined;
      return saidBy(result);
    },
    ...(call.signal === undefined ? {} : { abort: call.signal }),
  };
}

function saidBy({
  stdErr,
  stdOut,
}: {
  readonly stdErr: readonly Buffer[];
  readonly stdOut: readonly Buffer[];
}) {
  const errors = Buffer.concat(stdErr);
  return errors.length > 0 ? errors : Buffer.concat([...stdOut, Buffer.from(' ')]);
}

/**
 * After a command that printed nothing, simple-git waits another 50 ms for output, although both pipes are closed by
 * then. Most of our commands are silent, so an empty chunk tells it that there was something.
 */
function withoutPause(_command: string, _stdout: NodeJS.ReadableStream, stderr: NodeJS.ReadableStream): void {
  setImmediate(() => stderr.emit('data', Buffer.alloc(0)));
}

function environmentOf(place: GitPlace, call: GitCall): Record<string, string> {
  return {
    ...GIT_ENVIRONMENT,
    PATH: process.env.PATH ?? '/usr/local/bin:/usr/bin:/bin',
    [GIT_MARKER]: place.gitDir,
    ...(place.index === undefined ? {} : { GIT_INDEX_FILE: place.index }),
    ...call.env,
  };
}

const placeArguments = (place: GitPlace): readonly string[] => [
  `--git-dir=${place.gitDir}`,
  ...(place.workTree === undefined ? [] : [`--work-tree=${place.workTree}`]),
];

function failureText(args: readonly string[], error: unknown): string {
  const said = messageOf(error);
  if (/spawn \S+ ENOENT/.test(said))
    return 'git was not found: install git 2.38 or newer where PATH finds it';
  return `git ${args[0] ?? ''} failed: ${lastLines(said)}`;
}

const lastLines = (text: string): string => text.trim().split('\n').slice(-8).join('\n').slice(-2_000);
