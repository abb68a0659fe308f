/*
 * From a worktree that is ready to a bundle. Three rules hold on every way through: what an agent has left running is
 * ended before git looks at its files; the tree that is committed is the one that verifying began with, not what it made
 * of it; the branch never leaves commits behind that are nowhere else.
 */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Sha } from '../domain/ids.ts';
import { requireSuccess, runAgent } from './agent/exec.ts';
import { runHook, runVerify } from './agent/hooks.ts';
import { type CommandEnd, withTail } from './agent/session.ts';
import { AttemptFailed } from './failure.ts';
import { isDirectory } from './git/files.ts';
import type { Ground } from './git/ground.ts';
import { sweepWorktreeLocks } from './git/locks.ts';
import { commitIndex, leftMarkers, writeBundle } from './git/publish.ts';
import { stageAll, stagedPaths } from './git/snapshot.ts';
import { stateOf, writeState } from './git/state.ts';
import { restoreWorktree } from './git/trust.ts';
import { checkOut, shareIndex } from './git/worktree.ts';
import { commitMessage } from './message.ts';
import type { TaskPlace } from './paths.ts';
import { type RunningJob, step } from './workshop.ts';

/** Runs agent and checks, and fills the job's draft. Throws the reason where the attempt is no success. */
export async function doWork(job: RunningJob, ground: Ground): Promise<void> {
  if (ground.fresh) await setUp(job, ground);
  if (!ground.ready) await agentWork(job, ground);
  const tip = await step(job, 'commit', () => commit(job, ground));
  await verify(job, tip);
  await step(job, 'bundle', () => bundle(job, ground.start));
  requireVerified(job);
}

async function setUp(job: RunningJob, ground: Ground): Promise<void> {
  const { order, place } = job;
  await hook(job, 'after_create', order.hooks.afterCreate);
  // Where no agent runs, the commit is the next that git does.
  if (ground.ready && order.hooks.afterCreate.length > 0) await regainTrust(job);
  await writeState(place.state, stateOf(order, { start: ground.start, prepared: true }));
}

async function hook(job: RunningJob, name: string, commands: readonly string[]): Promise<void> {
  if (commands.length === 0) return;
  const { session, limits } = job;
  await step(job, 'hook', () => runHook(session, { name, commands, limitMs: limits.hookMs }));
}

/** Lets the agent work; what it leaves is in the runner's index then. */
async function agentWork(job: RunningJob, ground: Ground): Promise<void> {
  const { order, place, draft } = job;
  await hook(job, 'before_run', order.hooks.beforeRun);
  const end = await letAgentWork(job, ground);
  const after = await hook(job, 'after_run', order.hooks.afterRun).catch((error: unknown) => ({ error }));
  requireSuccess(end, order);
  if (after !== undefined) throw after.error;
  await regainTrust(job);
  const touched = await step(job, 'stage', () => stageAll(place, ground.start));
  draft.changedPaths = ground.pristine ? touched : await stagedPaths(place, ground.start);
  if (draft.changedPaths.length === 0) throw new AttemptFailed('empty-diff', emptyText(end));
  await requireResolved(place, ground.conflicts);
}

async function letAgentWork(job: RunningJob, ground: Ground): Promise<CommandEnd> {
  const { order, draft } = job;
  const prompt = promptWith(order.prompt, ground.conflicts);
  await writeFile(job.promptFile, prompt);
  const { end, voice } = await step(job, 'agent', () => runAgent(job.session, { ...job, prompt }));
  draft.agentMs = end.ms;
  draft.summary = voice.summary;
  draft.usage = voice.usage;
  return end;
}

const promptWith = (prompt: string, conflicts: readonly string[]): string =>
  conflicts.length === 0
    ? prompt
    : `${prompt.trimEnd()}\n\nFiles with conflict markers, or changed on both sides:\n${conflicts.map((path) => `- ${path}\n`).join('')}`;

const emptyText = (end: CommandEnd): string =>
  withTail('The agent ended with exit code 0, but changed no file.', end.tail);

/** After foreign code has run: locks of killed processes go, and git obeys nobody's settings but the runner's. */
async function regainTrust({ place, order }: RunningJob): Promise<void> {
  if (!(await isDirectory(place.worktree))) {
    throw new AttemptFailed('setup', 'The worktree is gone: something that ran in it has removed it.');
  }
  await sweepWorktreeLocks(place, order.branch);
  await restoreWorktree(place, order.branch);
}

async function requireResolved(place: TaskPlace, conflicts: readonly string[]): Promise<void> {
  const left = await leftMarkers(place, conflicts);
  if (left.length === 0) return;
  throw new AttemptFailed('conflict-markers', `Conflict markers are left in ${left.join(', ')}.`);
}

async function commit({ order, place, draft }: RunningJob, { start }: Ground): Promise<Sha> {
  if (draft.changedPaths.length === 0) draft.changedPaths = await stagedPaths(place, start);
  if (draft.changedPaths.length === 0) {
    throw new AttemptFailed('empty-diff', 'The new base has all of these changes already.');
  }
  const message = commitMessage(order, draft.summary);
  const tip = await commitIndex({ place, branch: order.branch, start, message });
  if (tip === null) throw new AttemptFailed('empty-diff', 'The changes come to nothing but other line ends.');
  draft.work = { base: start, tip };
  return tip;
}

/** Runs the checks, then makes the worktree again what was committed: checks leave files behind. */
async function verify(job: RunningJob, tip: Sha): Promise<void> {
  const { order, place, draft } = job;
  if (order.verify.length === 0) return await shareIndex(place);
  await shareIndex(place);
  const limitMs = order.timeouts.totalMs;
  draft.verify = await step(job, 'verify', () => runVerify(job.session, { commands: order.verify, limitMs }));
  await regainTrust(job);
  await checkOut(place, tip, { clean: true });
}

async function bundle({ order, place, places, draft, limits }: RunningJob, start: Sha): Promise<void> {
  const name = places.bundleName(place, order.attempt, order.fence);
  await writeBundle({
    mirror: place.mirror,
    branch: order.branch,
    start,
    path: join(places.outcomes, name),
    limitBytes: limits.bundleBytes,
  });
  draft.bundle = name;
}

/** Last, so that work whose checks fail can be shown all the same. */
function requireVerified({ draft }: RunningJob): void {
  const failed = draft.verify.find(({ exitCode }) => exitCode !== 0);
  if (failed === undefined) return;
  const how = failed.exitCode === null ? 'did not end by itself' : `ended with exit code ${failed.exitCode}`;
  throw new AttemptFailed('verify', withTail(`\`${failed.command}\` ${how}.`, failed.tail));
}
