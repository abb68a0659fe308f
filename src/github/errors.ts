import { messageOf, Retryable, Terminal } from '../domain/errors.ts';
import { at, isNull, type Json, list, text, textOr } from './json.ts';

/** GitHub said no, for good. */
export class Refusal extends Terminal {
  readonly status: number;
  /** Which fields GitHub refused, and why. */
  readonly faults: readonly Fault[];
  /** GitHub's own words, for people who do not care about the call; the message where it gave none. */
  readonly words: string;
  constructor(
    message: string,
    options: {
      status: number;
      words?: string;
      faults?: readonly Fault[];
      cause?: unknown;
      stale?: boolean;
    },
  ) {
    super(message, options);
    this.status = options.status;
    this.words = options.words || message;
    this.faults = options.faults ?? [];
  }
}

export interface Fault {
  readonly field: string;
  readonly code: string;
  readonly message: string;
}

/** GitHub asks for a pause: `primary` of everything, `secondary` of what was just done. */
export class Limited extends Retryable {
  readonly limit: 'primary' | 'secondary';
  constructor(
    message: string,
    options: { limit: 'primary' | 'secondary'; retryAfterMs: number; cause?: unknown },
  ) {
    super(message, options);
    this.limit = options.limit;
  }
}

/** First pause after a secondary limit that names none, as GitHub's documentation asks; doubles with every strike. */
const SECONDARY_MS = 60_000;
const LONGEST_MS = 15 * 60_000;

/**
 * The one place where a failed call gets its class. `call` is what was called, for the message; `strikes` counts the
 * secondary limits in a row before this one.
 */
export function classified(
  error: unknown,
  { call, strikes = 0 }: { call: string; strikes?: number },
): Retryable | Terminal {
  if (error instanceof Retryable || error instanceof Terminal) return error;
  const answer = answerOf(error);
  if (answer === 'unreachable')
    return new Retryable(`${call}: GitHub could not be reached: ${messageOf(error)}`, { cause: error });
  if (answer === null) return new Terminal(`${call}: ${messageOf(error)}`, { cause: error });
  return (
    limitOf({ call, answer, strikes, cause: error }) ??
    passing(call, answer, error) ??
    refusal(call, answer, error)
  );
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Json;
  /** The token was refused before the call itself was made. */
  readonly forToken: boolean;
}

/** Null: the error did not come from a request at all (a broken key, say). */
function answerOf(error: unknown): Answer | 'unreachable' | null {
  const json: Json = { value: error, where: 'error' };
  const status = at(json, 'status').value;
  if (typeof status !== 'number') return null;
  if (isNull(at(json, 'response'))) return 'unreachable';
  const headers = at(json, 'response', 'headers').value as Answer['headers'];
  const forToken = String(at(json, 'request', 'url').value).endsWith('/access_tokens');
  return { status, headers, body: at(json, 'response', 'data'), forToken };
}

function limitOf(given: { call: string; answer: Answer; strikes: number; cause: unknown }): Limited | null {
  const { call, answer, strikes, cause } = given;
  if (answer.status !== 403 && answer.status !== 429) return null;
  const primary = answer.headers['x-ratelimit-remaining'] === '0';
  const asked = retryAfter(answer);
  const secondary = answer.status === 429 || asked !== null || /secondary rate|abuse/i.test(said(answer));
  if (!primary && !secondary) return null;
  const retryAfterMs =
    asked ?? (primary ? untilReset(answer) : null) ?? Math.min(SECONDARY_MS * 2 ** strikes, LONGEST_MS);
  const message = `${call}: GitHub's rate limit is reached; next call in ${Math.ceil(retryAfterMs / 1000)} s`;
  return new Limited(message, { limit: primary ? 'primary' : 'secondary', retryAfterMs, cause });
}

/** Seconds, or the date that HTTP also allows. */
function retryAfter({ headers }: Answer): number | null {
  const value = headers['retry-after'];
  if (value === undefined) return null;
  if (/^\d+$/.test(value)) return Number(value) * 1000;
  const until = Date.parse(value) - serverNow(headers);
  return Number.isNaN(until) ? null : Math.max(0, until);
}

/** The reset is in GitHub's clock, which its answers tell; a second more, since it is rounded. */
function untilReset({ headers }: Answer): number | null {
  const reset = Number(headers['x-ratelimit-reset']);
  if (!Number.isFinite(reset) || reset <= 0) return null;
  return Math.max(1000, reset * 1000 - serverNow(headers) + 1000);
}

function serverNow(headers: Answer['headers']): number {
  const date = Date.parse(headers.date ?? '');
  return Number.isNaN(date) ? Date.now() : date;
}

function passing(call: string, answer: Answer, cause: unknown): Retryable | null {
  // 501: this server does not know the call, and will not the next time.
  if ((answer.status < 500 && answer.status !== 408) || answer.status === 501) return null;
  const asked = retryAfter(answer);
  const message = `${call}: GitHub answered ${answer.status}`;
  return new Retryable(message, { cause, ...(asked === null ? {} : { retryAfterMs: asked }) });
}

function refusal(call: string, answer: Answer, cause: unknown): Terminal {
  // Not a Refusal: a 404 here must not read as "this issue is gone".
  if (answer.forToken)
    return new Terminal(
      `${call}: no token for this installation: ${said(answer)}. Is the App still installed?`,
      { cause },
    );
  const faults = faultsOf(answer.body);
  const details = faults.map(({ field, code, message }) => message || `${field} ${code}`.trim()).join('; ');
  const words = [said(answer), details].filter((part) => part !== '').join(': ');
  const message = `${call}: GitHub answered ${answer.status}${words === '' ? '' : ` (${words})`}${remedy(answer)}`;
  return new Refusal(message, { status: answer.status, words, faults, cause, stale: answer.status === 409 });
}

const said = (answer: Answer): string => {
  const message = at(answer.body, 'message').value;
  return typeof message === 'string' ? message : '';
};

function faultsOf(body: Json): readonly Fault[] {
  const errors = at(body, 'errors');
  return Array.isArray(errors.value) ? list(errors).map(faultOf) : [];
}

function faultOf(error: Json): Fault {
  if (typeof error.value === 'string') return { field: '', code: '', message: text(error) };
  const part = (name: string): string => {
    const { value } = at(error, name);
    return typeof value === 'string' ? value : '';
  };
  return { field: part('field'), code: part('code'), message: part('message') };
}

function remedy(answer: Answer): string {
  if (answer.status === 401)
    return '. Check APP_ID and PRIVATE_KEY, and that the clock of this machine is right';
  if (answer.status !== 403) return '';
  const wanted = answer.headers['x-accepted-github-permissions'];
  return `. Grant the App ${wanted ? `one of these permissions: ${wanted}` : 'the permissions of its manifest'}, and let the owner of the installation accept them`;
}

/** The errors of a GraphQL answer, which comes with status 200; null where there are none but those to overlook. */
export function graphqlError(
  call: string,
  errors: Json,
  overlook: readonly string[],
): Retryable | Terminal | null {
  if (isNull(errors)) return null;
  const all = list(errors).map((error) => ({
    type: textOr(at(error, 'type'), ''),
    message: textOr(at(error, 'message'), ''),
  }));
  const serious = all.filter((error) => !overlook.includes(error.type));
  const [first] = serious;
  if (first === undefined) return null;
  const message = `${call}: ${serious.map((error) => error.message).join('; ')}`;
  if (serious.some((error) => error.type === 'RATE_LIMITED')) {
    return new Limited(message, { limit: 'primary', retryAfterMs: SECONDARY_MS });
  }
  // An error of GitHub's own has no type and asks to be reported.
  if (first.type === '' && /something went wrong|timeout/i.test(first.message)) return new Retryable(message);
  const status = first.type === 'FORBIDDEN' || first.type === 'INSUFFICIENT_SCOPES' ? 403 : 422;
  return new Refusal(status === 403 ? `${message}. Grant the App the permissions of its manifest` : message, {
    status,
  });
}

/**
 * A write that was sent on: the repository has another name now, which the next look learns; or the issue has gone to
 * another repository, where nothing is written: to this one that is as if it had been deleted.
 */
export function movedError(call: string, repositoryId: number, to = ''): Retryable | Refusal {
  const id = /\/repositories\/(\d+)\//.exec(to)?.[1];
  return id === undefined || id === String(repositoryId)
    ? new Retryable(`${call}: the repository has moved`)
    : new Refusal(`${call}: moved to another repository`, { status: 410 });
}
