import type { Insertable, Selectable } from 'kysely';
import { type RunId, runId } from '../../domain/ids.ts';
import type { RunPlan } from '../../domain/plan.ts';
import type { Run, RunScope } from '../../domain/run.ts';
import { decode, decodeOrNull, encode, encodeOrNull } from '../codec.ts';
import type { RunTable } from '../schema.ts';

export const runRow = (run: Run, repositoryId: number): Insertable<RunTable> => ({
  id: run.id,
  repository_id: repositoryId,
  scope: encode(run.scope),
  opened_at: run.openedAt,
  paused_at: run.pausedAt,
  plan: encodeOrNull(run.plan),
  ended_at: run.endedAt,
});

export const readRun = (row: Selectable<RunTable>): Run => ({
  id: runId(row.id),
  scope: decode<RunScope>(row.scope),
  openedAt: row.opened_at,
  pausedAt: row.paused_at,
  plan: decodeOrNull<RunPlan>(row.plan),
  endedAt: row.ended_at,
});

export const readRunId = (text: string | null): RunId | null => (text === null ? null : runId(text));
