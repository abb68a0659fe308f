import type { Prediction, Profile } from '../../domain/estimate.ts';
import type { Score } from '../../domain/overlap.ts';
import type { AttemptRecord, Records } from '../../domain/record.ts';
import type { Ended } from '../../domain/task.ts';
import { decode, decodeOrNull } from '../codec.ts';
import { readClass, readKind } from '../rows/attempt.ts';
import type { Trx } from '../schema.ts';
import { sumScores } from './sum-scores.ts';

const MINUTE_MS = 60_000;
const MICRO = 1e6;

/** Everything that reports look at, of all repositories; outcomes and prompts, which can be large, are left where they are. */
export async function listRecords(trx: Trx): Promise<Records> {
  const runs = await trx
    .selectFrom('runs')
    .select(['repository_id', 'opened_at', 'ended_at'])
    .orderBy('opened_at')
    .execute();
  const tasks = await trx.selectFrom('tasks').select('ended').execute();
  const repositories = [...new Set(runs.map((run) => run.repository_id))];
  return {
    runs: runs.map((run) => ({ openedAt: run.opened_at, endedAt: run.ended_at })),
    tasks: tasks.map(({ ended }) => ({ end: ended === null ? null : decode<Ended>(ended).as })),
    attempts: await listAttempts(trx),
    repositories: repositories.length,
    overlap: await sumOverlap(trx, repositories),
  };
}

async function listAttempts(trx: Trx): Promise<readonly AttemptRecord[]> {
  const rows = await trx
    .selectFrom('attempts')
    .select(['kind', 'profile', 'predicted', 'started_at', 'finished_at', 'outcome_class', 'failure'])
    .select(['work_ms', 'input_tokens', 'output_tokens', 'micro_usd'])
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    purpose: readKind(row.kind),
    profile: decodeOrNull<Profile>(row.profile),
    predicted: decodeOrNull<Prediction>(row.predicted),
    startedAt: row.started_at,
    finishedAt: row.finished_at,
    class: readClass(row.outcome_class),
    failure: row.failure,
    minutes: (row.work_ms ?? 0) / MINUTE_MS,
    usage: {
      inputTokens: row.input_tokens ?? 0,
      outputTokens: row.output_tokens ?? 0,
      usd: (row.micro_usd ?? 0) / MICRO,
    },
  }));
}

async function sumOverlap(trx: Trx, repositories: readonly number[]): Promise<Records['overlap']> {
  const sums = { held: NO_SCORE, foreseen: NO_SCORE };
  for (const repository of repositories) {
    const scores = await sumScores(trx, repository);
    sums.held = added(sums.held, scores.get('held') ?? NO_SCORE);
    sums.foreseen = added(sums.foreseen, scores.get('foreseen') ?? NO_SCORE);
  }
  return sums;
}

const NO_SCORE: Score = { predicted: 0, expected: 0, hits: 0, real: 0, found: 0 };

const added = (a: Score, b: Score): Score => ({
  predicted: a.predicted + b.predicted,
  expected: a.expected + b.expected,
  hits: a.hits + b.hits,
  real: a.real + b.real,
  found: a.found + b.found,
});
