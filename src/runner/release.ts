/*
 * The one place that deletes work. A worktree goes only if everything in it is committed and every commit of its branch
 * is published; in any doubt it stays, and the answer says why.
 */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { ActionResult } from '../domain/effect.ts';
import { messageOf } from '../domain/errors.ts';
import type { Sha } from '../domain/ids.ts';
import { hideSecrets, taskEnvironment } from './agent/environment.ts';
import { runHook } from './agent/hooks.ts';
import { Session } from './agent/session.ts';
import { endLeftovers } from './attempt.ts';
import { branchTip, dropSaved, isKept } from './git/branch.ts';
import { isDirectory } from './git/files.ts';
import { git } from './git/git.ts';
import { retryRaces, sweepWorktreeLocks } from './git/locks.ts';
import { uncommittedPaths } from './git/snapshot.ts';
import { readState, type TaskState } from './git/state.ts';
import { restoreWorktree } from './git/trust.ts';
import { dropWorktree, isWhole } from './git/worktree.ts';
import type { TaskPlace } from './paths.ts';
import { AttemptLog } from './process/log.ts';
import type { Workshop } from './workshop.ts';

export interface ReleaseRequest {
  readonly repositoryId: number;
  readonly issue: number;
  /** A commit that GitHub has, with the task's work in it. */
  readonly published: Sha;
}

/** Removes what the task has on this machine. Done where there is nothing any more; refused where work would be lost. */
export async function releaseTask(workshop: Workshop, request: ReleaseRequest): Promise<ActionResult> {
  const place = workshop.places.task(request.repositoryId, request.issue);
  const state = await readState(place.state);
  if (state === null && !(await isDirectory(place.worktree))) return DONE;
  try {
    await endLeftovers(workshop, place);
    await workshop.mirrors.open(place.mirror);
    const obstacle = await obstacleOf(place, state, request.published);
    if (obstacle !== null) return kept(obstacle);
    if (state !== null) await remove(workshop, { place, state, published: request.published });
    return DONE;
  } catch (error) {
    return kept(messageOf(error));
  }
}

const DONE: ActionResult = { kind: 'done' };

const kept = (why: string): ActionResult => ({
  kind: 'refused',
  message: `The worktree is kept: ${why}`,
  stale: false,
});

/** Why the worktree must stay; null: nothing would be lost. */
async function obstacleOf(place: TaskPlace, state: TaskState | null, published: Sha): Promise<string | null> {
  if (state === null) return 'the runner does not know its branch.';
  const tip = await branchTip(place.mirror, state.branch);
  if (tip !== null && !(await isKept(place.mirror, tip, [published]))) {
    return `commits of ${state.branch} up to ${tip.slice(0, 12)} are not published.`;
  }
  if (!(await isWhole(place))) return null;
  return await changesText(place, state, tip ?? state.start);
}

async function changesText(place: TaskPlace, state: TaskState, tip: Sha): Promise<string | null> {
  await sweepWorktreeLocks(place, state.branch);
  await restoreWorktree(place, state.branch);
  const changed = await uncommittedPaths(place, tip);
  if (changed.length === 0) return null;
  return `it has changes that are not committed (${changed.slice(0, 5).join(', ')}${changed.length > 5 ? ', …' : ''}).`;
}

interface Finished {
  readonly place: TaskPlace;
  readonly state: TaskState;
  readonly published: Sha;
}

async function remove(workshop: Workshop, task: Finished): Promise<void> {
  const { place, state } = task;
  if (await isDirectory(place.worktree)) await beforeRemove(workshop, task);
  await workshop.turns.take(place.mirror, () => dropWorktree(place));
  await retryRaces(() => git({ gitDir: place.mirror }, ['update-ref', '-d', `refs/heads/${state.branch}`]));
  await dropSaved({ mirror: place.mirror, branch: state.branch, published: task.published });
  await rm(place.home, { recursive: true, force: true });
  // All that they hold is published; the state goes last, so that a crash before it is made good by the next release.
  await rm(workshop.places.bundles(place), { recursive: true, force: true });
  await rm(place.state, { force: true });
  workshop.settled.delete(place.home);
}

async function beforeRemove(
  { places, limits, envAllow }: Workshop,
  { place, state }: Finished,
): Promise<void> {
  if (state.beforeRemove.length === 0) return;
  const order = { issue: place.issue, number: state.number, kind: state.kind };
  const promptFile = join(place.home, 'prompt.md');
  const env = taskEnvironment({ order, place, promptFile, allow: envAllow, from: process.env });
  const hide = hideSecrets({ allow: envAllow, from: process.env });
  const log = new AttemptLog(places.log(`release-${place.repositoryId}-${place.issue}`), limits.logBytes);
  const session = new Session({ place, env, limits, log, hide, signal: new AbortController().signal });
  const hook = { name: 'before_remove', commands: state.beforeRemove, limitMs: limits.hookMs };
  await runHook(session, hook).finally(() => log.close());
}
