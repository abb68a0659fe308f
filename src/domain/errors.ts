/**
 * Every error that leaves an adapter is one of these three; the loop looks at nothing else.
 * Classified once, at the adapter, always with its cause.
 */
export class Retryable extends Error {
  override readonly name = 'Retryable';
  /** Not before this long from now, in milliseconds; null lets the caller's backoff decide. */
  readonly retryAfterMs: number | null;
  constructor(message: string, options: { cause?: unknown; retryAfterMs?: number } = {}) {
    super(message, { cause: options.cause });
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}

/** Trying again would end the same way; a person has to change something. */
export class Terminal extends Error {
  override readonly name = 'Terminal';
  /** The world has moved on (a head, a branch): look again instead of giving up. */
  readonly stale: boolean;
  constructor(message: string, options: { cause?: unknown; stale?: boolean } = {}) {
    super(message, { cause: options.cause });
    this.stale = options.stale ?? false;
  }
}

/** A wrong call or a wrong setting: the message is the whole help; no stack is shown. */
export class UserFacing extends Error {
  override readonly name = 'UserFacing';
  /** Exit code of the command line: 1 the work failed, 2 the call or the input is wrong. */
  readonly exitCode: 1 | 2;
  constructor(message: string, options: { cause?: unknown; exitCode?: 1 | 2 } = {}) {
    super(message, { cause: options.cause });
    this.exitCode = options.exitCode ?? 2;
  }
}

/** The message of anything that was thrown. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
