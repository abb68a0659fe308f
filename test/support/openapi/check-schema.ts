import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { type Schema, type Schemas, schemas } from './description.ts';

// One compiler for bodies and one for query strings, whose values arrive as text. Each schema is compiled when it is
// first met: compiling all ninety operations takes seconds, and a test file meets a dozen.

const bodies = compiler({ coerceTypes: false });
const queries = compiler({ coerceTypes: true });
const compiled = new WeakMap<Schema, ValidateFunction>();
const querySchemas = new WeakMap<Schemas, Schema>();

/** What is wrong with a JSON body, as `/labels/0 must have required property 'id'`. */
export function checkBody(schema: Schema, value: unknown): readonly string[] {
  return run(bodies, schema, value);
}

/** What is wrong with the parameters of a query string. */
export function checkQuery(parameters: Schemas, query: Readonly<Record<string, string>>): readonly string[] {
  const schema = querySchemas.get(parameters) ?? {
    type: 'object',
    properties: parameters,
    additionalProperties: false,
  };
  querySchemas.set(parameters, schema);
  return run(queries, schema, { ...query });
}

function compiler({ coerceTypes }: { readonly coerceTypes: boolean }): Ajv {
  const ajv = new Ajv({ strict: false, allErrors: true, discriminator: true, coerceTypes });
  addFormats.default(ajv);
  ajv.addFormat('repo.nwo', /^[^/]+\/[^/]+$/);
  ajv.addSchema({ $id: 'github', schemas: lenient(schemas) });
  return ajv;
}

function run(ajv: Ajv, schema: Schema, value: unknown): readonly string[] {
  const validate = compiled.get(schema) ?? ajv.compile(absolute(lenient(schema)));
  compiled.set(schema, validate);
  return validate(value) ? [] : [...new Set(telling(validate.errors ?? []).map(describe))];
}

/** Without what only repeats that none of several alternatives fits ("must be null"), if anything else is said. */
function telling(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const telling = errors.filter((it) => it.keyword !== 'anyOf' && it.params.type !== 'null');
  return telling.length > 0 ? telling : errors;
}

function describe(error: ErrorObject): string {
  const allowed = error.keyword === 'enum' ? `: ${error.params.allowedValues.join(', ')}` : '';
  const named = error.keyword === 'additionalProperties' ? `: ${error.params.additionalProperty}` : '';
  return `${error.instancePath || '/'} ${error.message}${allowed}${named}`;
}

/** GitHub writes `oneOf` where several alternatives fit at once (a public and a private user); it means `anyOf`. */
function lenient<T>(value: T): T {
  return rewrite(value, (it) => {
    if (!('oneOf' in it) || 'discriminator' in it) return it;
    const { oneOf, ...rest } = it;
    return 'anyOf' in rest ? { ...rest, allOf: [{ anyOf: oneOf }] } : { ...rest, anyOf: oneOf };
  });
}

function absolute<T>(value: T): T {
  return rewrite(value, (it) => (typeof it.$ref === 'string' ? { ...it, $ref: `github${it.$ref}` } : it));
}

/** A copy of a JSON value in which every object has gone through `change`. */
function rewrite<T>(value: T, change: (it: Record<string, unknown>) => Record<string, unknown>): T {
  return JSON.parse(JSON.stringify(value), (_key, it) =>
    typeof it === 'object' && it !== null && !Array.isArray(it) ? change(it) : it,
  );
}
