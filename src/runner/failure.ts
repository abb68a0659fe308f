import { messageOf } from '../domain/errors.ts';
import type { AttemptOutcome, FailureKind } from '../domain/outcome.ts';

/** Ends an attempt with a class and a reason; what was made so far stays in the outcome. */
export class AttemptFailed extends Error {
  override readonly name = 'AttemptFailed';
  readonly kind: FailureKind;
  constructor(kind: FailureKind, detail: string, options: { cause?: unknown } = {}) {
    super(detail, options);
    this.kind = kind;
  }
}

/** The attempt was stopped from outside. */
export class AttemptCancelled extends Error {
  override readonly name = 'AttemptCancelled';
}

/** Throws where the attempt was stopped: called between steps. */
export function checkCancelled(signal: AbortSignal): void {
  if (signal.aborted) throw new AttemptCancelled('The attempt was stopped.');
}

/** Class and failure of an outcome for anything that was thrown. */
export function endOf(error: unknown): Pick<AttemptOutcome, 'class' | 'failure'> {
  if (error instanceof AttemptCancelled) return { class: 'cancelled', failure: null };
  if (!(error instanceof AttemptFailed))
    return { class: 'failed', failure: { kind: 'setup', detail: messageOf(error) } };
  const failure = { kind: error.kind, detail: error.message };
  const timedOut = error.kind === 'timeout' || error.kind === 'idle-timeout';
  return { class: timedOut ? 'timed-out' : 'failed', failure };
}
