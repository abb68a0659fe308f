/** Bounds that keep one attempt from filling the machine. Bytes and milliseconds. */
export interface RunnerLimits {
  /** Worktrees in use at once, over all repositories. */
  readonly permits: number;
  /** From TERM to KILL. */
  readonly killAfterMs: number;
  /** How long output may still come after a process has ended. */
  readonly drainMs: number;
  /** For one hook command. */
  readonly hookMs: number;
  readonly logBytes: number;
  /** Of a command's output in an outcome. */
  readonly tailBytes: number;
  readonly progressPerSecond: number;
  readonly progressChars: number;
  /** GitHub refuses a push with more in one file; a bundle is refused above this. */
  readonly bundleBytes: number;
  /** Between tries to fetch while GitHub is away. */
  readonly fetchPausesMs: readonly number[];
  /** Logs of attempts that are kept; the oldest go. */
  readonly logs: number;
}

export const RUNNER_LIMITS: RunnerLimits = {
  permits: 64,
  killAfterMs: 3_000,
  drainMs: 500,
  hookMs: 600_000,
  logBytes: 5 * 1024 * 1024,
  tailBytes: 8 * 1024,
  progressPerSecond: 20,
  progressChars: 500,
  bundleBytes: 100 * 1024 * 1024,
  fetchPausesMs: [1_000, 4_000, 15_000],
  logs: 500,
};
