import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { parseSync, Visitor } from 'oxc-parser';

/** One source file, read once: what it imports and what in it breaks a rule of style. */
export interface Source {
  /** From the project's root: `src/decide/landing.ts`. */
  readonly path: string;
  readonly lines: number;
  /** Source files by path, everything else by the name that is imported; types too. */
  readonly imports: readonly string[];
  /** The length of every function, in lines. */
  readonly functions: readonly number[];
  /** Where the clock, randomness or the process itself is read, as `Date.now`. */
  readonly impure: readonly string[];
  /** How often the type `any` is written. */
  readonly anys: number;
  readonly asynchronous: boolean;
  /** Literals of two words and more: what reads like a text for people. */
  readonly phrases: readonly string[];
}

const root = join(import.meta.dirname, '../../..');

/** Every TypeScript file below src/. */
export function readSources(): readonly Source[] {
  const paths = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' });
  return paths
    .filter((it) => it.endsWith('.ts'))
    .sort()
    .map((it) => readSource(`src/${it}`));
}

function readSource(path: string): Source {
  return analyse(path, readFileSync(join(root, path), 'utf8'));
}

const impureMembers = new Set([
  ...['Date.now', 'Math.random', 'performance.now', 'crypto.randomUUID', 'crypto.getRandomValues'],
  ...['process.env', 'process.hrtime', 'globalThis.fetch'],
]);
const impureCalls = new Set(['fetch', 'setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask']);

/** Two words with a space between them, also where one is filled in: a name, then ` said so`. */
const phrase = /\p{L}[,.:;]?\s+\p{L}|^\s+\p{L}{2,}|\p{L}{2,}[,.;]?\s+$/u;

interface Span {
  readonly start: number;
  readonly end: number;
}

/** What there is to know about the text of one file. */
export function analyse(path: string, text: string): Source {
  const { program, errors } = parseSync(path, text);
  if (errors.length > 0) throw new Error(`${path} cannot be parsed: ${errors[0]?.message}`);
  const imports = new Set<string>();
  const found = {
    functions: [] as number[],
    impure: [] as string[],
    anys: 0,
    asynchronous: false,
    phrases: [] as string[],
  };
  const follow = (it: { readonly value: unknown } | null) => imports.add(resolve(path, String(it?.value)));
  const measure = (it: Span & { readonly async: boolean }) => {
    found.functions.push(linesOf(text.slice(it.start, it.end)));
    found.asynchronous ||= it.async;
  };
  new Visitor({
    ImportDeclaration: (it) => follow(it.source),
    ExportAllDeclaration: (it) => follow(it.source),
    ExportNamedDeclaration: (it) => it.source && follow(it.source),
    ImportExpression: (it) => it.source.type === 'Literal' && follow(it.source),
    TSImportType: (it) => follow(it.source),
    FunctionDeclaration: measure,
    FunctionExpression: measure,
    ArrowFunctionExpression: measure,
    TSAnyKeyword: () => found.anys++,
    Literal: (it) => typeof it.value === 'string' && phrase.test(it.value) && found.phrases.push(it.value),
    TemplateElement: (it) => phrase.test(it.value.raw) && found.phrases.push(it.value.raw),
    MemberExpression: (it) => {
      const member = text.slice(it.start, it.end);
      if (impureMembers.has(member)) found.impure.push(member);
    },
    CallExpression: (it) => {
      const callee = text.slice(it.callee.start, it.callee.end);
      if (impureCalls.has(callee)) found.impure.push(callee);
    },
    NewExpression: (it) => {
      const clock = it.arguments.length === 0 && text.slice(it.callee.start, it.callee.end) === 'Date';
      if (clock) found.impure.push('new Date()');
    },
  }).visit(program);
  return { path, lines: linesOf(text.trimEnd()), imports: [...imports], ...found };
}

function linesOf(text: string): number {
  return text.split('\n').length;
}

function resolve(path: string, specifier: string): string {
  return specifier.startsWith('.') ? posix.join(dirname(path), specifier) : specifier;
}
