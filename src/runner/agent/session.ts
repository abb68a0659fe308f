import { AttemptCancelled } from '../failure.ts';
import type { RunnerLimits } from '../limits.ts';
import { TASK_MARKER } from '../markers.ts';
import type { TaskPlace } from '../paths.ts';
import type { AttemptLog } from '../process/log.ts';
import { Tail } from '../process/output.ts';
import { removeRecord, writeRecord } from '../process/record.ts';
import { type ProcessEnd, runProcess } from '../process/run.ts';

export interface SessionOptions {
  readonly place: TaskPlace;
  readonly env: Readonly<Record<string, string>>;
  readonly limits: RunnerLimits;
  readonly log: AttemptLog;
  readonly signal: AbortSignal;
  /** Takes secrets out of what is handed on. */
  readonly hide: (text: string) => string;
}

export interface CommandRequest {
  readonly command: readonly string[];
  readonly input?: string;
  readonly totalMs: number;
  readonly idleMs?: number;
  readonly onStdout?: (chunk: Buffer) => void;
}

/** How a command ended, with the end of what it printed on both outputs. */
export interface CommandEnd extends ProcessEnd {
  readonly tail: string;
}

/** Runs the agent, hooks and verify commands of one attempt: same directory, same environment, same log. */
export class Session {
  readonly #options: SessionOptions;

  constructor(options: SessionOptions) {
    this.#options = options;
  }

  /** Throws {@link AttemptCancelled} where the attempt was stopped; every other end is an answer. */
  async run(request: CommandRequest): Promise<CommandEnd> {
    const { place, env, limits, log, signal } = this.#options;
    const tail = new Tail(limits.tailBytes);
    log.write(`$ ${request.command.join(' ')}\n`);
    const end = await runProcess({
      command: request.command,
      cwd: place.worktree,
      env,
      input: request.input ?? '',
      totalMs: request.totalMs,
      idleMs: request.idleMs ?? null,
      signal,
      marker: { name: TASK_MARKER, matches: (value) => value === place.home },
      killAfterMs: limits.killAfterMs,
      drainMs: limits.drainMs,
      onStart: (root) => writeRecord(place.processRecord, root),
      onOutput: (chunk, stream) => {
        tail.add(chunk);
        log.write(chunk);
        if (stream === 'stdout') request.onStdout?.(chunk);
      },
    });
    removeRecord(place.processRecord);
    if (end.cause === 'cancelled') throw new AttemptCancelled('The attempt was stopped.');
    return { ...end, tail: this.#options.hide(tail.text()) };
  }
}

/** How a command of ours ended, in words; `limitMs` is the time that it had. */
export function endText(end: CommandEnd, limitMs: number): string {
  switch (end.cause) {
    case 'not-started':
      return `could not start: ${end.problem}`;
    case 'timeout':
      return `did not end within ${durationText(limitMs)}`;
    case 'idle-timeout':
      return `printed nothing for ${durationText(limitMs)}`;
    case 'cancelled':
      return 'was stopped';
    case 'exit':
      return end.signal === null ? `ended with exit code ${end.exitCode}` : `was ended by ${end.signal}`;
    default:
      return end.cause satisfies never;
  }
}

/** A sentence with the end of the output below it. */
export const withTail = (sentence: string, tail: string): string =>
  tail === '' ? sentence : `${sentence}\n\n${tail}`;

const durationText = (ms: number): string =>
  ms >= 60_000 ? `${Math.round(ms / 6_000) / 10} minutes` : `${Math.round(ms / 100) / 10} seconds`;
