import { sep } from 'node:path';
import type { ActionResult } from '../domain/effect.ts';
import type { AttemptOrder, AttemptOutcome } from '../domain/outcome.ts';
import { runAttempt } from './attempt.ts';
import { OutcomeDraft } from './draft.ts';
import { type Credential, Mirrors } from './git/mirror.ts';
import { RUNNER_LIMITS, type RunnerLimits } from './limits.ts';
import { GIT_MARKER, TASK_MARKER } from './markers.ts';
import { Places } from './paths.ts';
import { removeOldLogs } from './process/old-logs.ts';
import { endRecorded, findRecords } from './process/record.ts';
import { endTree } from './process/tree.ts';
import { type ReleaseRequest, releaseTask } from './release.ts';
import type { RunnerTrace } from './trace.ts';
import { Permits, Turns } from './turns.ts';
import type { AttemptContext, Workshop } from './workshop.ts';

export interface RunnerOptions {
  readonly dataDir: string;
  /** Names of the operator's variables that reach agents, hooks and verify commands. */
  readonly envAllow: readonly string[];
  /** A token that can read the order's repository; null: it needs none. Asked for every fetch. */
  readonly credentials: (order: AttemptOrder) => Promise<Credential | null>;
  readonly trace?: RunnerTrace;
  readonly limits?: Partial<RunnerLimits>;
}

export interface RunContext extends AttemptContext {
  /** Called once, when the attempt has its place and begins. */
  readonly started: () => void;
}

export interface Runner {
  /** Executes an order. Never rejects. Attempts of one task never overlap. */
  run(order: AttemptOrder, context: RunContext): Promise<AttemptOutcome>;
  /** Removes the task's worktree, branch and home, unless work would be lost. */
  release(request: ReleaseRequest): Promise<ActionResult>;
  /**
   * Ends agents and git processes of an earlier server, and removes logs that are too many. For the start, before anything
   * runs. Answers how many processes there were.
   */
  cleanUp(): Promise<number>;
}

/** The far side of an attempt: mirrors, worktrees, agents, commits and bundles below one data directory. */
export function createRunner(options: RunnerOptions): Runner {
  const workshop = openWorkshop(options);
  const permits = new Permits(workshop.limits.permits);
  const taskKey = (repositoryId: number, issue: number) => `task ${repositoryId}/${issue}`;
  return {
    run: (order, context) =>
      workshop.turns.take(taskKey(order.repository.id, order.issue), () =>
        runWithPermit(permits, workshop, { order, context }),
      ),
    release: (request) =>
      workshop.turns.take(taskKey(request.repositoryId, request.issue), () => releaseTask(workshop, request)),
    cleanUp: () => cleanUp(workshop),
  };
}

function openWorkshop({ dataDir, envAllow, credentials, trace, limits }: RunnerOptions): Workshop {
  const places = new Places(dataDir);
  const all = { ...RUNNER_LIMITS, ...limits };
  const turns = new Turns();
  const mirrors = new Mirrors({ turns, endStrays: (mirror) => endStrayGit(mirror, all.killAfterMs) });
  return {
    places,
    limits: all,
    envAllow,
    mirrors,
    turns,
    settled: new Set(),
    credentials,
    trace: trace ?? (() => {}),
  };
}

/** The permit is held for the worktree's whole use: files, agent and commit. */
async function runWithPermit(
  permits: Permits,
  workshop: Workshop,
  { order, context }: { readonly order: AttemptOrder; readonly context: RunContext },
): Promise<AttemptOutcome> {
  const giveBack = await permits.acquire(context.signal).catch(() => null);
  if (giveBack === null) return new OutcomeDraft(order).outcome({ class: 'cancelled', failure: null });
  try {
    context.started();
    return await runAttempt(workshop, order, context);
  } finally {
    giveBack();
  }
}

/** Git processes that were at work in the mirror when an earlier server died. */
const endStrayGit = (mirror: string, killAfterMs: number): Promise<number> =>
  endTree({ root: null, marker: { name: GIT_MARKER, matches: within(mirror) } }, killAfterMs);

async function cleanUp(workshop: Workshop): Promise<number> {
  const { places, limits } = workshop;
  const ended = await endOrphans(workshop);
  await removeOldLogs(places.logs, limits.logs);
  return ended;
}

async function endOrphans({ places, limits, settled }: Workshop): Promise<number> {
  const marker = { name: TASK_MARKER, matches: within(places.homes) };
  const agents = await endTree({ root: null, marker }, limits.killAfterMs);
  const git = { name: GIT_MARKER, matches: within(places.repositories) };
  const gits = await endTree({ root: null, marker: git }, limits.killAfterMs);
  const records = await findRecords(places.worktrees);
  const recorded = await Promise.all(records.map((path) => endRecorded(path, marker, limits.killAfterMs)));
  settled.add(places.homes);
  return recorded.reduce((sum, count) => sum + count, agents + gits);
}

const within = (directory: string) => (value: string) =>
  value === directory || value.startsWith(directory + sep);
