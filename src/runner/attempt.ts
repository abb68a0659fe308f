import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { AttemptOrder, AttemptOutcome } from '../domain/outcome.ts';
import { hideSecrets, taskEnvironment } from './agent/environment.ts';
import { Session } from './agent/session.ts';
import { OutcomeDraft } from './draft.ts';
import { AttemptCancelled, endOf } from './failure.ts';
import { stands } from './git/files.ts';
import { prepareGround } from './git/ground.ts';
import { TASK_MARKER } from './markers.ts';
import type { TaskPlace } from './paths.ts';
import { AttemptLog } from './process/log.ts';
import { endRecorded } from './process/record.ts';
import { doWork } from './work.ts';
import { type AttemptContext, type Job, step, type Workshop } from './workshop.ts';

/** Executes the order. Never rejects: whatever goes wrong is an outcome. */
export async function runAttempt(
  workshop: Workshop,
  order: AttemptOrder,
  context: AttemptContext,
): Promise<AttemptOutcome> {
  const draft = new OutcomeDraft(order);
  const place = workshop.places.task(order.repository.id, order.issue);
  try {
    await follow({ ...workshop, ...context, order, place, draft });
    return draft.outcome({ class: 'succeeded', failure: null });
  } catch (error) {
    return draft.outcome(
      endOf(context.signal.aborted ? new AttemptCancelled('The attempt was stopped.') : error),
    );
  }
}

async function follow(job: Job): Promise<void> {
  const { order, place, signal } = job;
  const leftovers = step(job, 'leftovers', () => endLeftovers(job, place));
  const credential = () => job.credentials(order);
  const held = step(job, 'fetch', () =>
    job.mirrors.hold({ mirror: place.mirror, order, credential, signal, pausesMs: job.limits.fetchPausesMs }),
  );
  // Both are over before anything else happens, also where one fails.
  await Promise.allSettled([leftovers, held]);
  await leftovers;
  await held;
  const ground = await step(job, 'worktree', () => prepareGround({ ...job, note: job.progress }));
  const log = new AttemptLog(job.places.log(order.attempt), job.limits.logBytes);
  try {
    await doWork(await openSession(job, log), ground);
  } finally {
    await log.close();
  }
}

/**
 * Ends what an earlier attempt, or an earlier server, has left running for the task. Looking through all processes is
 * dear: it is done once for a task, or once for all, as every command ends what it has started; unless a record says that
 * one did not.
 */
export async function endLeftovers(
  { places, settled, limits }: Workshop,
  { home, processRecord }: TaskPlace,
): Promise<void> {
  const looked = settled.has(home) || settled.has(places.homes);
  if (looked && !stands(processRecord)) return;
  const marker = { name: TASK_MARKER, matches: (value: string) => value === home };
  await endRecorded(processRecord, marker, limits.killAfterMs);
  settled.add(home);
}

async function openSession(job: Job, log: AttemptLog) {
  const { place } = job;
  const promptFile = join(place.home, 'prompt.md');
  await mkdir(place.home, { recursive: true, mode: 0o700 });
  await rm(promptFile, { recursive: true, force: true });
  const env = taskEnvironment({ ...job, allow: job.envAllow, promptFile, from: process.env });
  const hide = hideSecrets({ allow: job.envAllow, from: process.env });
  return { ...job, promptFile, hide, session: new Session({ ...job, env, log, hide }) };
}
