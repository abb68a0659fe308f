import type { Sha } from '../domain/ids.ts';
import {
  type AttemptOrder,
  type AttemptOutcome,
  bareOutcome,
  NO_USAGE,
  type Usage,
  type VerifyResult,
} from '../domain/outcome.ts';

/** Collects an outcome while the attempt goes on, so that every way out tells what was done up to there. */
export class OutcomeDraft {
  readonly #order: AttemptOrder;
  readonly #startedAt = Date.now();
  work: { readonly base: Sha; readonly tip: Sha } | null = null;
  bundle: string | null = null;
  changedPaths: readonly string[] = [];
  verify: readonly VerifyResult[] = [];
  summary: string | null = null;
  usage: Usage = NO_USAGE;
  agentMs = 0;

  constructor(order: AttemptOrder) {
    this.#order = order;
  }

  outcome(end: Pick<AttemptOutcome, 'class' | 'failure'>): AttemptOutcome {
    return {
      ...bareOutcome(this.#order, { ...end, startedAt: this.#startedAt, endedAt: Date.now() }),
      base: this.work?.base ?? null,
      tip: this.work?.tip ?? null,
      bundle: this.bundle,
      changedPaths: this.changedPaths,
      verify: this.verify,
      summary: this.summary,
      usage: this.usage,
      agentMs: this.agentMs,
      verifyMs: this.verify.reduce((sum, { ms }) => sum + ms, 0),
    };
  }
}
