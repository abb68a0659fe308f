import { messageOf, Retryable, Terminal } from '../domain/errors.ts';
import type { AttemptOrder } from '../domain/outcome.ts';
import type { SurveyEvent } from '../domain/ports/code-survey.ts';
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

/** What the coordinator does, as far as it is worth a line. */
export function logTrace(logger: Logger, event: TraceEvent): void {
  if (event.kind === 'action') logAction(logger, event);
  if (event.kind === 'pass') logPass(logger, event);
  if (event.kind === 'sweep') logSweep(logger, event);
}

/** How far a long survey is, and why there is none. */
export function logSurvey(logger: Logger, event: SurveyEvent): void {
  const { owner, name } = event.repository;
  const repository = `${owner}/${name}`;
  if (event.kind === 'progress')
    logger.info({ repository, done: event.done, of: event.of }, 'reading the code to see what overlaps');
  else if (event.kind === 'made')
    logger.debug({ repository, commit: event.map.commit, ms: Math.round(event.ms) }, 'read the code');
  else
    logger.warn(
      { repository, error: messageOf(event.error) },
      'the code cannot be read; until it can, overlap is seen in what issues name',
    );
}

type ActionEvent = Extract<TraceEvent, { readonly kind: 'action' }>;
type PassEvent = Extract<TraceEvent, { readonly kind: 'pass' }>;
type SweepEvent = Extract<TraceEvent, { readonly kind: 'sweep' }>;

/** One line for each action carried out, a warning for each that is put off: key and kind, never the texts. */
function logAction(logger: Logger, event: ActionEvent): void {
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
function logPass(logger: Logger, { key, phase, error }: PassEvent): void {
  if (phase !== 'failed') return;
  const answered = error instanceof Retryable || error instanceof Terminal;
  logger.warn(
    { key, ...(answered ? { error: messageOf(error) } : { err: error }) },
    'a look at a repository failed; it is tried again',
  );
}

/** What a lost webhook would have told is worth a line; a server that lacks a list is no news to anybody but developers. */
function logSweep(logger: Logger, event: SweepEvent): void {
  if (event.phase === 'found') logger.info({ key: event.key, why: event.why }, 'looked at without a webhook');
  else
    logger.debug(
      { what: event.what, error: messageOf(event.error) },
      'not to be read for now; nothing is lost by it but time',
    );
}

export function warnOfSandbox(logger: Logger): void {
  logger.warn(
    { sandbox: 'none' },
    'HEDDLE_SANDBOX=none: agents run without a sandbox, with the rights of this server',
  );
}

/** `names`: variables that the operator lets through, and no agent gets. */
export function warnOfRefused(logger: Logger, names: readonly string[]): void {
  if (names.length === 0) return;
  logger.warn(
    { names },
    'HEDDLE_ENV_ALLOW lists variables that no agent gets: they hold secrets of this server or of GitHub, or redirect git',
  );
}
