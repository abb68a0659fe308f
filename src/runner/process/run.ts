import { setTimeout as sleep } from 'node:timers/promises';
import { execa, type Options } from 'execa';
import { startTimeOf } from './table.ts';
import { endTree, type TreeTarget } from './tree.ts';

export interface ProcessRequest {
  readonly command: readonly string[];
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  readonly input: string;
  readonly totalMs: number;
  /** Longest silence; null: as long as it likes. */
  readonly idleMs: number | null;
  readonly signal: AbortSignal;
  readonly marker: TreeTarget['marker'];
  readonly killAfterMs: number;
  readonly drainMs: number;
  /** Called at once, before anything else can happen. */
  readonly onStart: (root: { readonly pid: number; readonly startTime: string | null }) => void;
  readonly onOutput: (chunk: Buffer, stream: 'stdout' | 'stderr') => void;
}

export interface ProcessEnd {
  readonly cause: 'exit' | 'timeout' | 'idle-timeout' | 'cancelled' | 'not-started';
  /** Null: it did not end by itself, or a signal ended it. */
  readonly exitCode: number | null;
  readonly signal: string | null;
  /** Why it did not start. */
  readonly problem: string | null;
  readonly ms: number;
}

/**
 * Runs a command as leader of its own session and settles when it has ended and nothing of it is left: what it started
 * and left behind is ended, too. It never waits for a pipe that some descendant still holds open.
 */
export async function runProcess(request: ProcessRequest): Promise<ProcessEnd> {
  const began = Date.now();
  const child = launch(request);
  if (child.pid === undefined)
    return { ...NOTHING, cause: 'not-started', problem: await problemOf(child, request), ms: 0 };
  const root = { pid: child.pid, startTime: startTimeOf(child.pid) };
  await begin(root, request);
  const exited = exitOf(child);
  const closed = wireStreams(child, request);
  const cause = await firstCause(child, exited, request);
  const ms = Date.now() - began;
  await endTree({ root, marker: request.marker }, request.killAfterMs);
  await Promise.race([closed, sleep(request.drainMs)]);
  child.stdout.destroy();
  child.stderr.destroy();
  const exit = cause === 'exit' ? await exited : { exitCode: null, signal: null };
  return { ...exit, cause, problem: null, ms };
}

/** What cannot be written down, on a full disk, must not run: nobody could end it after a crash. */
async function begin(
  root: { readonly pid: number; readonly startTime: string | null },
  request: ProcessRequest,
) {
  try {
    request.onStart(root);
  } catch (error) {
    await endTree({ root, marker: request.marker }, request.killAfterMs);
    throw error;
  }
}

const NOTHING = { exitCode: null, signal: null } as const;

const OPTIONS = {
  detached: true,
  extendEnv: false,
  reject: false,
  buffer: false,
  stdin: 'pipe',
  stdout: 'pipe',
  stderr: 'pipe',
} as const satisfies Options;

type Child = ReturnType<typeof launch>;

function launch({ command, cwd, env }: ProcessRequest) {
  const [file = '', ...args] = command;
  const child = execa(file, args, { ...OPTIONS, cwd, env });
  // Its promise may stay open while a descendant holds a pipe; nobody waits for it.
  child.catch(() => {});
  return child;
}

async function problemOf(child: Child, { command, cwd }: ProcessRequest): Promise<string> {
  const result = await child;
  if (result.code === 'ENOENT') return `${command[0] ?? ''}: command not found (looked in PATH, from ${cwd})`;
  return result.originalMessage ?? result.shortMessage ?? 'the command did not start';
}

interface Exit {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

const exitOf = (child: Child): Promise<Exit> =>
  new Promise((resolve) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }));
  });

/** Passes the prompt in and the output on; settles when both outputs are closed. */
async function wireStreams(child: Child, { input, onOutput }: ProcessRequest): Promise<void> {
  // Who ends without reading its input breaks the pipe; that is no failure of ours.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const open = (['stdout', 'stderr'] as const).map((name) => {
    child[name].on('data', (chunk: Buffer) => onOutput(chunk, name));
    child[name].on('error', () => {});
    return new Promise<void>((resolve) => child[name].once('close', () => resolve()));
  });
  await Promise.all(open);
}

type Cause = Exclude<ProcessEnd['cause'], 'not-started'>;

/** What comes first: the end of the process, a time-out, silence, or somebody who stops it. */
function firstCause(child: Child, exited: Promise<Exit>, request: ProcessRequest): Promise<Cause> {
  return new Promise((resolve) => {
    const done = (cause: Cause) => {
      clearTimeout(total);
      clearTimeout(idle);
      request.signal.removeEventListener('abort', cancel);
      resolve(cause);
    };
    const cancel = () => done('cancelled');
    const total = setTimeout(done, request.totalMs, 'timeout');
    const idle = request.idleMs === null ? undefined : setTimeout(done, request.idleMs, 'idle-timeout');
    child.stdout.on('data', () => idle?.refresh());
    child.stderr.on('data', () => idle?.refresh());
    request.signal.addEventListener('abort', cancel, { once: true });
    if (request.signal.aborted) cancel();
    void exited.then(() => done('exit'));
  });
}
