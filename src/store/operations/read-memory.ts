import type { Memory } from '../../domain/facts.ts';
import type { RepositoryKey } from '../../domain/ids.ts';
import type { ActionRecords } from '../action-records.ts';
import type { PastAttempts } from '../past-attempts.ts';
import { readRun } from '../rows/run.ts';
import { readTask } from '../rows/task.ts';
import type { Database, Trx } from '../schema.ts';
import { countBusyElsewhere } from './count-busy-elsewhere.ts';
import { firstWatermark } from './ensure-repository.ts';
import { listOwnRecords } from './list-action-records.ts';
import { listAdmissions } from './list-admissions.ts';
import { listHandledCommands } from './list-handled-commands.ts';
import { listOpenAttempts } from './list-open-attempts.ts';
import { listOverrides } from './list-overrides.ts';
import { listScores } from './list-scores.ts';
import { openRunIds } from './open-run-ids.ts';
import { sumScores } from './sum-scores.ts';

interface Sources {
  readonly db: Database;
  readonly records: ActionRecords;
  readonly past: PastAttempts;
}

/** The store's part of the facts, of one moment. A repository that was never seen has an empty memory. */
export async function readMemory(
  { db, records, past }: Sources,
  { repositoryId }: RepositoryKey,
  now: number,
): Promise<Memory> {
  return await db.transaction().execute(async (trx) => {
    const repository = await readRepository(trx, repositoryId, now);
    return {
      ...repository,
      admissions: await listAdmissions(trx, repositoryId),
      runs: await listOpenRuns(trx, repositoryId),
      tasks: await listOpenTasks(trx, repositoryId),
      attempts: await listOpenAttempts(trx, repositoryId, now),
      handled: await listHandledCommands(trx, repositoryId, repository.commentsSince),
      overrides: await listOverrides(trx, repositoryId),
      actions: await allRecords(trx, records, repositoryId),
      scores: await listScores(trx, repositoryId),
      learnt: await sumScores(trx, repositoryId),
      pastAttempts: await past.of(trx, repositoryId),
      busyElsewhere: await countBusyElsewhere(trx, repositoryId, now),
    };
  });
}

/** The repository's own first. */
async function allRecords(
  trx: Trx,
  records: ActionRecords,
  repositoryId: number,
): Promise<Memory['actions']> {
  const own = await listOwnRecords(trx, repositoryId);
  const ofRuns = await records.ofOpenRuns(trx, repositoryId);
  return new Map([...own.map((record) => [record.key, record] as const), ...ofRuns]);
}

type RepositoryPart = Pick<Memory, 'commentsSince' | 'quietSkippedAt' | 'runCount'>;

async function readRepository(trx: Trx, repositoryId: number, now: number): Promise<RepositoryPart> {
  const row = await trx
    .selectFrom('repositories')
    .select(['comments_since', 'quiet_skipped_at', 'run_count'])
    .where('repository_id', '=', repositoryId)
    .executeTakeFirst();
  if (!row) return { commentsSince: firstWatermark(now), quietSkippedAt: 0, runCount: 0 };
  return { commentsSince: row.comments_since, quietSkippedAt: row.quiet_skipped_at, runCount: row.run_count };
}

async function listOpenRuns(trx: Trx, repositoryId: number): Promise<Memory['runs']> {
  const rows = await trx
    .selectFrom('runs')
    .selectAll()
    .where('repository_id', '=', repositoryId)
    .where('ended_at', 'is', null)
    .orderBy('opened_at')
    .orderBy('id')
    .execute();
  return rows.map(readRun);
}

async function listOpenTasks(trx: Trx, repositoryId: number): Promise<Memory['tasks']> {
  const rows = await trx
    .selectFrom('tasks')
    .selectAll()
    .where('run_id', 'in', openRunIds(trx, repositoryId))
    .orderBy('joined_at')
    .orderBy('issue')
    .execute();
  return rows.map(readTask);
}
