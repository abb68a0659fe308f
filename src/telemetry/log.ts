import { messageOf, Retryable, Terminal } from '../domain/errors.ts';
import type { AttemptOrder } from '../domain/outcome.ts';
import type { TraceEvent } from '../domain/trace.ts';

/** What the log needs of a logger; pino's and Probot's fit. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** A line that an agent printed: whose it is, and nothing in it that could play with a terminal. */
export function logProgress(
  logger: Logger,
  { attempt, issue }: Pick<AttemptOrder, 'attempt' | 'issue'>,
  line: string,
): void {
  logger.info({ attempt, issue }, `#${issue} ${line.replaceAll(/[\s\p{Cc}]+/gu, ' ').trim()}`);
}

type ActionEvent = Extract<TraceEvent, { readonly kind: 'action' }>;
type PassEvent = Extract<TraceEvent, { readonly kind: 'pass' }>;
type SweepEvent = Extract<TraceEvent, { readonly kind: 'sweep' }>;

/** One line for each action carried out, a warning for each that is put off: key and kind, never the texts. */
export function logAction(logger: Logger, event: ActionEvent): void {
  const { key, kind } = event.action;
  if (event.phase === 'recorded') logger.info({ key, kind }, `${kind} done`);
  if (event.phase === 'postponed') {
    logger.warn(
      { key, kind, error: event.error ? messageOf(event.error) : undefined },
      `${kind} put off; it is tried again`,
    );
  }
}

/** A look that failed: what GitHub said of it, or, where the fault is ours, also where it was. */
export function logPass(logger: Logger, { key, phase, error }: PassEvent): void {
  if (phase !== 'failed') return;
  const answered = error instanceof Retryable || error instanceof Terminal;
  logger.warn(
    { key, ...(answered ? { error: messageOf(error) } : { err: error }) },
    'a look at a repository failed; it is tried again',
  );
}

/** What a lost webhook would have told is worth a line; a server that lacks a list is no news to anybody but developers. */
export function logSweep(logger: Logger, event: SweepEvent): void {
  if (event.phase === 'found') logger.info({ key: event.key, why: event.why }, 'looked at without a webhook');
  else
    logger.debug(
      { what: event.what, error: messageOf(event.error) },
      'not to be read for now; nothing is lost by it but time',
    );
}
