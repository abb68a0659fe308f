import { messageOf } from '../domain/errors.ts';
import type { TraceEvent } from '../domain/trace.ts';

/** What the log needs of a logger; pino's and Probot's fit. */
export interface Logger {
  debug(fields: object, message: string): void;
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

type ActionEvent = Extract<TraceEvent, { readonly kind: 'action' }>;

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
