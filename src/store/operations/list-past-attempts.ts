import type { Selectable } from 'kysely';
import type { PastAttempt, PastEnd, Profile } from '../../domain/estimate.ts';
import { decodeOrNull } from '../codec.ts';
import { readKind } from '../rows/attempt.ts';
import type { AttemptTable, Trx } from '../schema.ts';

/** Enough for some tens of each kind of task; what is older says little of how things are now. */
const NEWEST_HERE = 300;
const NEWEST_ANYWHERE = 100;
const MINUTE_MS = 60_000;
const MICRO = 1e6;

/** What estimates learn from: the newest attempts of the repository, and the newest of all others; newest first. */
export async function listPastAttempts(trx: Trx, repositoryId: number): Promise<readonly PastAttempt[]> {
  const here = await newest(trx).where('repository_id', '=', repositoryId).limit(NEWEST_HERE).execute();
  const anywhere = await newest(trx).limit(NEWEST_ANYWHERE).execute();
  const elsewhere = anywhere.filter((row) => row.repository_id !== repositoryId);
  return [...here, ...elsewhere].map((row) => toPast(row, repositoryId));
}

const COLUMNS = [
  'repository_id',
  'kind',
  'profile',
  'learnt_at',
  'outcome_class',
  'failure',
  'work_ms',
  'input_tokens',
  'output_tokens',
  'micro_usd',
] as const;

const newest = (trx: Trx) =>
  trx
    .selectFrom('attempts')
    .select(COLUMNS)
    .where('learnt_at', 'is not', null)
    .orderBy('learnt_at', 'desc')
    .orderBy('id', 'desc');

type Row = Pick<Selectable<AttemptTable>, (typeof COLUMNS)[number]>;

function toPast(row: Row, repositoryId: number): PastAttempt {
  return {
    profile: decodeOrNull<Profile>(row.profile) ?? UNKNOWN,
    purpose: readKind(row.kind),
    isHere: row.repository_id === repositoryId,
    endedAt: row.learnt_at ?? 0,
    end: endOf(row),
    minutes: (row.work_ms ?? 0) / MINUTE_MS,
    usage: {
      inputTokens: row.input_tokens ?? 0,
      outputTokens: row.output_tokens ?? 0,
      usd: (row.micro_usd ?? 0) / MICRO,
    },
  };
}

/** Before profiles were kept, agents were always run by `exec`. */
const UNKNOWN: Profile = { provider: 'exec', taskKind: null, complexity: 'medium', labels: [] };

/** An agent that fell silent worked for no known time. */
function endOf({ outcome_class, failure }: Row): PastEnd {
  if (outcome_class === 'succeeded') return 'succeeded';
  return failure === 'timeout' ? 'out-of-time' : 'failed';
}
