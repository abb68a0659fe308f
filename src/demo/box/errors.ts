import type { IssueRef } from './issue.ts';

/** An answer that is not a success, in GitHub's form. Thrown anywhere below a route. */
export class HttpError extends Error {
  readonly status: number;
  readonly details: readonly ErrorDetail[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, more: HttpErrorMore = {}) {
    super(message);
    this.status = status;
    this.details = more.details;
    this.headers = more.headers ?? {};
  }

  get body(): Record<string, unknown> {
    return {
      message: this.message,
      ...(this.details && { errors: this.details }),
      documentation_url: 'https://docs.github.com/rest',
      status: String(this.status),
    };
  }
}

/** An issue that lives in another repository now; the router sends the request on. */
export class MovedIssue extends HttpError {
  readonly to: IssueRef;

  constructor(to: IssueRef) {
    super(301, 'Moved Permanently');
    this.to = to;
  }
}

interface HttpErrorMore {
  readonly details?: readonly ErrorDetail[];
  readonly headers?: Readonly<Record<string, string>>;
}

export type ErrorDetail =
  | string
  | {
      readonly resource: string;
      readonly field?: string;
      readonly code: 'missing' | 'missing_field' | 'invalid' | 'already_exists' | 'unprocessable' | 'custom';
      readonly value?: unknown;
      readonly message?: string;
    };

export function notFound(): HttpError {
  return new HttpError(404, 'Not Found');
}

/** What an App hears when its permissions do not reach. */
export function notAccessible(): HttpError {
  return new HttpError(403, 'Resource not accessible by integration');
}

/** What a person hears whose role does not reach. */
export function forbidden(message = 'Must have admin rights to Repository.'): HttpError {
  return new HttpError(403, message);
}

export function invalid(...details: readonly ErrorDetail[]): HttpError {
  return new HttpError(422, 'Validation Failed', { details });
}
