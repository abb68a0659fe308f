import type { Selectable } from 'kysely';
import { EXCUSED_FAILURES } from '../../domain/estimate.ts';
import type { AttemptOutcome } from '../../domain/outcome.ts';
import type { AttemptTable } from '../schema.ts';

/** What is asked of many outcomes at once, and so is kept beside them. */
export type Measured = Pick<
  Selectable<AttemptTable>,
  'failure' | 'input_tokens' | 'output_tokens' | 'micro_usd' | 'learnt_at'
>;

export function measuredIn(
  outcome: Pick<AttemptOutcome, 'class' | 'failure' | 'usage'>,
  finishedAt: number,
): Measured {
  const { class: end, failure, usage } = outcome;
  const isExcused = end === 'cancelled' || end === 'lost' || isExcusedFailure(failure?.kind);
  return {
    failure: failure?.kind ?? null,
    input_tokens: whole(usage.inputTokens),
    output_tokens: whole(usage.outputTokens),
    micro_usd: whole(usage.usd * 1e6),
    learnt_at: isExcused ? null : finishedAt,
  };
}

const isExcusedFailure = (kind: string | undefined): boolean =>
  EXCUSED_FAILURES.some((excused) => excused === kind);

/** Agents report what they like. */
const whole = (amount: number): number =>
  amount > 0 ? Math.min(Math.round(amount), Number.MAX_SAFE_INTEGER) : 0;
