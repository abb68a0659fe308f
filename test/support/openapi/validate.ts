import { checkBody, checkQuery } from './check-schema.ts';
import { findOperation, type Operation, type Schema } from './description.ts';
import { knownDifferences } from './known-differences.ts';
import { unknownNames } from './unknown-names.ts';

/** One request to the REST API and its answer, bodies parsed. */
export interface Exchange {
  readonly method: string;
  /** With or without `/api/v3`; a query string in it is ignored. */
  readonly path: string;
  readonly status: number;
  readonly query?: Readonly<Record<string, string>>;
  /** Undefined where there was none. */
  readonly requestBody?: unknown;
  readonly responseBody?: unknown;
}

/** Every error and redirect of GitHub's has at least this form, described or not. */
const anyError: Schema = { $ref: '#/schemas/basic-error', required: ['message'] };

/**
 * Holds an exchange against GitHub's OpenAPI description: the path, the parameters, the request's body, the status and
 * the answer's body, each without invented names. What `known-differences.ts` allows is left out. The request of an
 * exchange that was refused (4xx, 5xx) is not judged: refusing it is right.
 *
 * @returns every problem, none if the exchange is one that GitHub could have had.
 */
export function validateExchange(exchange: Exchange): readonly string[] {
  const operation = findOperation(exchange.method, exchange.path);
  if (!operation) return [`${exchange.method} ${exchange.path} is not in operations.json`];
  const request = exchange.status < 400 ? requestProblems(operation, exchange) : [];
  const problems = [...request, ...responseProblems(operation, exchange)];
  return problems.filter((it) => !isKnown(operation.key, it)).map((it) => `${operation.key}: ${it}`);
}

function requestProblems(operation: Operation, { query, requestBody }: Exchange): readonly string[] {
  const inQuery = checkQuery(operation.query, query ?? {}).map((it) => `query: ${it}`);
  return [...inQuery, ...requestBodyProblems(operation, requestBody)];
}

function requestBodyProblems({ request, requestRequired }: Operation, body: unknown): readonly string[] {
  if (isEmpty(body)) return request && requestRequired ? ['request: the body is missing'] : [];
  if (!request) return ['request: a body that the operation does not take'];
  return bodyProblems(request, body).map((it) => `request: ${it}`);
}

function responseProblems({ responses }: Operation, { status, responseBody }: Exchange): readonly string[] {
  const described = responses[status];
  const missing = described === undefined ? [`response: status ${status} is not described`] : [];
  const schema = described ?? fallback(status);
  return [...missing, ...answerProblems(schema, responseBody).map((it) => `response: ${it}`)];
}

function fallback(status: number): Schema | null {
  return status >= 300 && status !== 304 ? anyError : null;
}

function answerProblems(schema: Schema | null, body: unknown): readonly string[] {
  if (!schema) return isEmpty(body) ? [] : ['a body where GitHub sends none'];
  return isEmpty(body) ? ['the body is missing'] : bodyProblems(schema, body);
}

function bodyProblems(schema: Schema, body: unknown): readonly string[] {
  const unknown = unknownNames(schema, body).map((at) => `${at} is not a name that GitHub knows`);
  return [...checkBody(schema, body), ...unknown];
}

function isEmpty(body: unknown): boolean {
  return body === undefined || body === '';
}

function isKnown(operation: string, problem: string): boolean {
  return knownDifferences.some(
    (it) => (it.operation === '*' || it.operation === operation) && it.problem.test(problem),
  );
}
