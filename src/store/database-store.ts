import type { EffectKey } from '../domain/ids.ts';
import type { Inbox, LeaseStore, RunStore, StoredDecision } from '../domain/ports/store.ts';
import { ActionRecords } from './action-records.ts';
import type { Lock } from './lock.ts';
import { commitDecision } from './operations/commit-decision.ts';
import { completeAction } from './operations/complete-action.ts';
import { extendLeases } from './operations/extend-leases.ts';
import { findAttempt } from './operations/find-attempt.ts';
import { finishAttempt } from './operations/finish-attempt.ts';
import { followInstallations } from './operations/follow-installations.ts';
import { listAttemptsOfRun } from './operations/list-attempts-of-run.ts';
import { listDueActions } from './operations/list-due-actions.ts';
import { listDueKeys } from './operations/list-due-keys.ts';
import { listOpenKeys } from './operations/list-open-keys.ts';
import { listPendingDeliveries } from './operations/list-pending-deliveries.ts';
import { listRuns } from './operations/list-runs.ts';
import { listTasksOfRun } from './operations/list-tasks-of-run.ts';
import { listUsedKeys } from './operations/list-used-keys.ts';
import { markProcessed } from './operations/mark-processed.ts';
import { markStarted } from './operations/mark-started.ts';
import { pinBase } from './operations/pin-base.ts';
import { postponeAction } from './operations/postpone-action.ts';
import { readMemory } from './operations/read-memory.ts';
import { receiveDelivery } from './operations/receive-delivery.ts';
import { releaseLease } from './operations/release-lease.ts';
import { sumScores } from './operations/sum-scores.ts';
import { takeLease } from './operations/take-lease.ts';
import { PastAttempts } from './past-attempts.ts';
import type { Database } from './schema.ts';
import type { History, Store } from './store.ts';
import { UnderWay } from './under-way.ts';

/** An open database of this process. */
interface Opened {
  readonly db: Database;
  readonly lock: Lock;
  readonly holder: string;
  readonly now: () => number;
  readonly work: UnderWay;
  readonly records: ActionRecords;
  readonly past: PastAttempts;
}

/** The store's methods over an open database, which is closed with it. */
export function databaseStore(options: Omit<Opened, 'work' | 'records' | 'past'>): Store {
  const opened = { ...options, work: new UnderWay(), records: new ActionRecords(), past: new PastAttempts() };
  return {
    ...inbox(opened),
    ...passes(opened),
    ...leases(opened),
    ...history(opened),
    close: async () => await close(opened),
  };
}

const inbox = ({ db, work }: Opened): Inbox => ({
  receive: (delivery, now) => work.run(() => receiveDelivery(db, delivery, now)),
  follow: (keys) => work.run(() => followInstallations(db, keys)),
  dueKeys: () => work.run(() => listDueKeys(db)),
  pending: (key) => work.run(() => listPendingDeliveries(db, key)),
  processed: (ids, now) => work.run(() => markProcessed(db, ids, now)),
  openKeys: () => work.run(() => listOpenKeys(db)),
  usedKeys: () => work.run(() => listUsedKeys(db)),
});

const passes = ({ db, now: clock, work, records, past }: Opened): RunStore => ({
  memory: (key, now) => work.run(() => readMemory({ db, records, past }, key, now)),
  commit: (key, decision, now) =>
    work.run(() =>
      records.writing(key.repositoryId, touchedBy(decision), () =>
        commitDecision(db, { key, decision, now }),
      ),
    ),
  dueActions: (key, now) => work.run(() => listDueActions(db, key, now)),
  completeAction: (key, done) =>
    work.run(() => records.writing(key.repositoryId, [done.key], () => completeAction(db, key, done))),
  postponeAction: (key, later) =>
    work.run(() => records.writing(key.repositoryId, [later.key], () => postponeAction(db, key, later))),
  attempt: (id) => work.run(() => findAttempt(db, id, clock())),
  pinBase: (id, base) => work.run(() => pinBase(db, id, base)),
});

/** Whether a run is open decides which actions are shown: then all are read again. */
function touchedBy({ recordings, actions }: StoredDecision): readonly EffectKey[] | null {
  const ends = recordings.some((one) => one.kind === 'update-run' && one.patch.endedAt !== undefined);
  return ends ? null : actions.map(({ key }) => key);
}

const leases = ({ db, holder, now: clock, work, past }: Opened): LeaseStore => ({
  takeLease: (id, now, ttlMs) => work.run(() => takeLease(db, { id, holder, until: Math.ceil(now + ttlMs) })),
  extendLeases: (now, ttlMs, only) =>
    work.run(() => extendLeases(db, { holder, until: Math.ceil(now + ttlMs), only: only ?? null })),
  releaseLease: (id, fence) => work.run(() => releaseLease(db, { id, fence, holder })),
  markStarted: (id, fence, now) => work.run(() => markStarted(db, { id, fence, holder }, now)),
  finish: (id, fence, outcome) =>
    work.run(() => past.changing(() => finishAttempt(db, { id, fence, holder }, { outcome, now: clock() }))),
});

const history = ({ db, now: clock, work }: Opened): History => ({
  runsOf: (key) => work.run(() => listRuns(db, key)),
  tasksOf: (run) => work.run(() => listTasksOfRun(db, run)),
  attemptsOf: (run) => work.run(() => listAttemptsOfRun(db, run, clock())),
  scoresOf: (key) => work.run(() => sumScores(db, key.repositoryId)),
});

async function close({ db, lock, work }: Opened): Promise<void> {
  if (!(await work.close())) return;
  await db.destroy();
  lock.release();
}
