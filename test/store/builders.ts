import type { Attempt } from '../../src/domain/attempt.ts';
import type { Action, Recording } from '../../src/domain/effect.ts';
import {
  type AttemptId,
  attemptId,
  effectKey,
  type RepositoryKey,
  type RunId,
  runId,
  type Sha,
  sha,
} from '../../src/domain/ids.ts';
import { type AttemptOutcome, NO_USAGE } from '../../src/domain/outcome.ts';
import type { Run } from '../../src/domain/run.ts';
import { type Task, UNTOUCHED } from '../../src/domain/task.ts';

/** A Saturday at noon, in milliseconds. */
export const NOON = 1_763_726_400_000;
export const MINUTE = 60_000;

export const HERE: RepositoryKey = { installationId: 7, repositoryId: 100 };
export const THERE: RepositoryKey = { installationId: 7, repositoryId: 200 };

export const RUN: RunId = runId('100-1');
export const BASE: Sha = sha('a'.repeat(40));
export const OTHER_BASE: Sha = sha('b'.repeat(40));

export const aRun = (over: Partial<Run> = {}): Run => ({
  id: RUN,
  scope: { kind: 'rolling' },
  openedAt: NOON,
  pausedAt: null,
  plan: null,
  endedAt: null,
  ...over,
});

export const aTask = (over: Partial<Task> = {}): Task => ({
  runId: RUN,
  issue: 1,
  requestedBy: 'ada',
  joinedAt: NOON,
  branch: 'parallel/1-a-title',
  textHash: 'text',
  ...UNTOUCHED,
  ...over,
});

export const anAttempt = (over: Partial<Attempt> = {}): Attempt => {
  const { runId: run = RUN, issue = 1, number = 1 } = over;
  return {
    id: attemptId(`${run}-${issue}-${number}`),
    runId: run,
    issue,
    number,
    kind: 'implement',
    cause: { reviews: [], retry: null },
    prompt: 'Make it so.',
    title: 'Make it so',
    createdAt: NOON,
    forecast: null,
    tip: null,
    base: null,
    fence: 0,
    lease: 'none',
    startedAt: null,
    cancelRequested: false,
    profile: null,
    predicted: null,
    outcome: null,
    ...over,
  };
};

export const anOutcome = (
  attempt: AttemptId,
  fence: number,
  over: Partial<AttemptOutcome> = {},
): AttemptOutcome => ({
  version: 1,
  attempt,
  fence,
  class: 'succeeded',
  failure: null,
  base: BASE,
  tip: OTHER_BASE,
  bundle: 'work.bundle',
  changedPaths: ['a.ts'],
  verify: [],
  summary: null,
  usage: NO_USAGE,
  startedAt: NOON,
  endedAt: NOON + 3 * MINUTE,
  agentMs: 2 * MINUTE,
  verifyMs: MINUTE,
  ...over,
});

/** A comment that is written once. */
export const once = (key: string, body = 'Hello.', run: RunId | null = RUN): Action => ({
  key: effectKey(key),
  runId: run,
  mode: 'once',
  kind: 'comment',
  issue: 1,
  body,
});

/** A sticky comment, edited in place. */
export const level = (key: string, body: string, run: RunId | null = RUN): Action => ({
  ...once(key, body, run),
  mode: 'level',
});

/** A run with tasks for these issues, each with its first attempt. */
export const aStartedRun = (issues: readonly number[] = [1], run: Run = aRun()): readonly Recording[] => [
  { kind: 'open-run', run },
  ...issues.map((issue): Recording => ({ kind: 'add-task', task: aTask({ runId: run.id, issue }) })),
  ...issues.map(
    (issue): Recording => ({ kind: 'add-attempt', attempt: anAttempt({ runId: run.id, issue }) }),
  ),
];
