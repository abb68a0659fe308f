import type { Insertable, Selectable } from 'kysely';
import type { Attempt, AttemptCause } from '../../domain/attempt.ts';
import type { AttemptKind } from '../../domain/attempt-kind.ts';
import type { Prediction, Profile } from '../../domain/estimate.ts';
import { attemptId, runId, type Sha, sha } from '../../domain/ids.ts';
import type { AttemptOutcome } from '../../domain/outcome.ts';
import type { Forecast } from '../../domain/overlap.ts';
import { decode, decodeOrNull, encode, encodeOrNull, flag, outsideText } from '../codec.ts';
import type { AttemptTable } from '../schema.ts';
import { type Measured, measuredIn } from './measured.ts';

/** A new attempt, which nobody holds yet. */
export const attemptRow = (attempt: Attempt, repositoryId: number): Insertable<AttemptTable> => ({
  id: attempt.id,
  repository_id: repositoryId,
  run_id: attempt.runId,
  issue: attempt.issue,
  number: attempt.number,
  kind: attempt.kind,
  cause: encode(attempt.cause),
  prompt: outsideText(attempt.prompt),
  title: outsideText(attempt.title),
  created_at: attempt.createdAt,
  forecast: encodeOrNull(attempt.forecast),
  tip: attempt.tip,
  base: attempt.base,
  fence: attempt.fence,
  lease_holder: null,
  lease_until: null,
  started_at: attempt.startedAt,
  cancel_requested: flag(attempt.cancelRequested),
  outcome: encodeOrNull(attempt.outcome),
  outcome_class: attempt.outcome?.class ?? null,
  work_ms: attempt.outcome ? workMs(attempt.outcome) : null,
  finished_at: attempt.outcome ? Math.round(attempt.outcome.endedAt) : null,
  profile: encodeOrNull(attempt.profile),
  predicted: encodeOrNull(attempt.predicted),
  ...(attempt.outcome ? measuredIn(attempt.outcome, Math.round(attempt.outcome.endedAt)) : UNMEASURED),
});

const UNMEASURED: Measured = {
  failure: null,
  input_tokens: null,
  output_tokens: null,
  micro_usd: null,
  learnt_at: null,
};

/** What estimates learn from: the time inside agent and verify commands, in milliseconds. */
export const workMs = (outcome: AttemptOutcome): number => Math.round(outcome.agentMs + outcome.verifyMs);

/** `now` decides whether the lease is live. */
export const readAttempt = (row: Selectable<AttemptTable>, now: number): Attempt => ({
  id: attemptId(row.id),
  runId: runId(row.run_id),
  issue: row.issue,
  number: row.number,
  kind: readKind(row.kind),
  cause: decode<AttemptCause>(row.cause),
  prompt: row.prompt,
  title: row.title,
  createdAt: row.created_at,
  forecast: decodeOrNull<Forecast>(row.forecast),
  profile: decodeOrNull<Profile>(row.profile),
  predicted: decodeOrNull<Prediction>(row.predicted),
  tip: readSha(row.tip),
  base: readSha(row.base),
  fence: row.fence,
  lease: row.lease_holder !== null && (row.lease_until ?? 0) > now ? 'live' : 'none',
  startedAt: row.started_at,
  cancelRequested: row.cancel_requested === 1,
  outcome: decodeOrNull<AttemptOutcome>(row.outcome),
});

const CLASSES: readonly AttemptOutcome['class'][] = ['succeeded', 'failed', 'cancelled', 'timed-out', 'lost'];

export const readClass = (text: string | null): AttemptOutcome['class'] | null =>
  CLASSES.find((known) => known === text) ?? null;

const KINDS: readonly AttemptKind[] = ['implement', 'review', 'ci', 'conflict'];

export function readKind(text: string): AttemptKind {
  const kind = KINDS.find((known) => known === text);
  if (kind === undefined) throw new TypeError(`not a kind of attempt: ${JSON.stringify(text)}`);
  return kind;
}

const readSha = (text: string | null): Sha | null => (text === null ? null : sha(text));
