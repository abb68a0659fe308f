import { readFileSync } from 'node:fs';
import { timelineSchemas } from './timeline.ts';

/** The part of JSON Schema that GitHub's pruned description uses. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly discriminator?: { readonly propertyName: string };
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean | Schema;
  readonly items?: Schema;
  readonly required?: readonly string[];
}

export type Schemas = Readonly<Record<string, Schema>>;

export interface Operation {
  /** `GET /repos/{owner}/{repo}`, as in `operations.json`. */
  readonly key: string;
  readonly query: Schemas;
  readonly request?: Schema | null;
  readonly requestRequired?: boolean;
  /** By status; null where the answer has no body. */
  readonly responses: Readonly<Record<string, Schema | null>>;
}

interface Description {
  readonly operations: Readonly<Record<string, Omit<Operation, 'key'>>>;
  readonly schemas: Schemas;
}

const description: Description = JSON.parse(readFileSync(new URL('github.json', import.meta.url), 'utf8'));
const operations = Object.entries(description.operations)
  .map(([key, it]) => ({ ...it, key, pattern: patternOf(key), literals: literalsOf(key) }))
  .sort((a, b) => b.literals - a.literals);

/** GitHub's shared schemas, with the timeline's events told apart. */
export const schemas: Schemas = { ...description.schemas, ...timelineSchemas(description.schemas) };

/** Every operation of the committed description. */
export const operationKeys: readonly string[] = operations.map((it) => it.key);

/** The operation that serves a path; the one with the most literal segments where several fit. */
export function findOperation(method: string, path: string): Operation | undefined {
  const call = `${method.toUpperCase()} ${normalise(path)}`;
  return operations.find((it) => it.pattern.test(call));
}

/**
 * An enterprise server answers below `/api/v3`. Every server also answers `/repositories/{id}/…`, the form that it
 * writes into `Link` headers and redirects and leaves out of its description.
 */
function normalise(path: string): string {
  const [bare = ''] = path.split('?');
  return bare.replace(/^\/api\/v3(?=\/)/, '').replace(/^\/repositories\/\d+/, '/repos/by-id/repository');
}

/** Only a file's path and a ref's name may hold slashes. */
function patternOf(key: string): RegExp {
  const source = key
    .replace(/[.*+?^$()|[\]\\]/g, '\\$&')
    .replace(/\{(path|ref)\}$/, '.+')
    .replace(/\{[^}]+\}/g, '[^/]+');
  return new RegExp(`^${source}$`);
}

function literalsOf(key: string): number {
  return key.split('/').filter((segment) => !segment.startsWith('{')).length;
}
