/**
 * Cuts GitHub's published OpenAPI description down to the operations of `operations.json` and writes `github.json`.
 *
 * Run by hand, when an operation is added or GitHub's description moves on:
 *
 *     node test/support/openapi/prune.mjs [version]
 *
 * It downloads the npm package `@octokit/openapi` (MIT, about 30 MB packed, hence no dependency of this project) with
 * `npm pack` into a temporary directory. Texts, examples and GitHub's own extensions are left out: only what
 * validation reads stays. OpenAPI 3.0's `nullable` is written as JSON Schema's `null` here, once, so that no reader
 * of the file needs to know about it.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const here = import.meta.dirname;
const version = process.argv[2] ?? 'latest';

/** Keywords whose value is one schema, a list of schemas, or a map of schemas; every other kept keyword is plain. */
const single = new Set(['items', 'not']);
const lists = new Set(['allOf', 'anyOf', 'oneOf']);
const plain = new Set([
  ...['type', 'enum', 'format', 'pattern', 'required', 'minLength', 'maxLength', 'minItems', 'maxItems'],
  ...['minimum', 'maximum', 'minProperties', 'maxProperties', 'uniqueItems'],
]);

main();

function main() {
  const source = download();
  const operations = JSON.parse(readFileSync(join(here, 'operations.json'), 'utf8'));
  const pruned = prune(source, operations);
  writeFileSync(join(here, 'github.json'), `${JSON.stringify(pruned)}\n`);
  console.log(
    `${operations.length} operations, ${Object.keys(pruned.schemas).length} schemas, from ${pruned.source}`,
  );
}

function download() {
  const dir = mkdtempSync(join(tmpdir(), 'heddle-openapi-'));
  try {
    execFileSync('npm', ['pack', '--silent', `@octokit/openapi@${version}`], {
      cwd: dir,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    execFileSync(
      'sh',
      ['-c', 'tar -xzf ./*.tgz package/package.json package/generated/api.github.com.json'],
      { cwd: dir },
    );
    const manifest = JSON.parse(readFileSync(join(dir, 'package/package.json'), 'utf8'));
    const description = JSON.parse(readFileSync(join(dir, 'package/generated/api.github.com.json'), 'utf8'));
    return { name: `@octokit/openapi ${manifest.version}`, description };
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function prune({ name, description }, operations) {
  const pruned = { source: name, operations: {}, schemas: {} };
  for (const key of operations) pruned.operations[key] = operation(description, key);
  const waiting = references(pruned.operations);
  for (const id of waiting) {
    pruned.schemas[id] = schema(description.components.schemas[id]);
    for (const next of references(pruned.schemas[id])) waiting.add(next);
  }
  pruned.schemas = Object.fromEntries(Object.entries(pruned.schemas).sort(([a], [b]) => (a < b ? -1 : 1)));
  return pruned;
}

function operation(description, key) {
  const [method, path] = key.split(' ');
  const found = description.paths[path]?.[method.toLowerCase()];
  if (!found) throw new Error(`GitHub's description has no operation "${key}": correct operations.json`);
  const query = (found.parameters ?? [])
    .map((it) => resolve(description, it))
    .filter((it) => it.in === 'query');
  return {
    query: Object.fromEntries(query.map((it) => [it.name, schema(it.schema)])),
    ...body(found.requestBody),
    responses: Object.fromEntries(
      Object.entries(found.responses).map(([status, it]) => [status, content(resolve(description, it))]),
    ),
  };
}

function body(requestBody) {
  if (!requestBody) return {};
  return { request: content(requestBody), requestRequired: requestBody.required === true };
}

/** The schema of the JSON form, or null where the answer has no body. */
function content(it) {
  const json = it.content?.['application/json'] ?? it.content?.['application/json; charset=utf-8'];
  return json?.schema ? schema(json.schema) : null;
}

function resolve(description, it) {
  if (!it.$ref) return it;
  const [, , kind, id] = it.$ref.split('/');
  return description.components[kind][id];
}

function schema(it) {
  if (it.$ref) return { $ref: it.$ref.replace('#/components/schemas/', '#/schemas/') };
  const kept = Object.fromEntries(Object.entries(it).flatMap(([keyword, value]) => keep(keyword, value)));
  return it.nullable === true ? nullable(kept) : kept;
}

function keep(keyword, value) {
  if (plain.has(keyword)) return [[keyword, value]];
  if (single.has(keyword)) return [[keyword, schema(value)]];
  if (lists.has(keyword)) return [[keyword, value.map(schema)]];
  if (keyword === 'properties') return [[keyword, map(value)]];
  if (keyword === 'additionalProperties')
    return [[keyword, typeof value === 'boolean' ? value : schema(value)]];
  return [];
}

function map(schemas) {
  return Object.fromEntries(Object.entries(schemas).map(([name, value]) => [name, schema(value)]));
}

function nullable(kept) {
  if (Object.keys(kept).length === 0) return {};
  return { anyOf: [kept, { type: 'null' }] };
}

function references(value) {
  const ids = JSON.stringify(value).matchAll(/"\$ref":"#\/schemas\/([^"]+)"/g);
  return new Set([...ids].map(([, id]) => id));
}
