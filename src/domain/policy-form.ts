import { z } from 'zod';
import { didYouMean } from './did-you-mean.ts';
import { type PolicyProblem, pathText } from './policy-problem.ts';
import { POLICY_SCHEMA } from './policy-schema.ts';

type Issue = z.core.$ZodIssue;

/** What the schema found, in words for the people who wrote the file: one problem for each unknown key. */
export function schemaProblems(issues: readonly Issue[]): PolicyProblem[] {
  return issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys' ? unknownKeys(issue.path, issue.keys) : [formProblem(issue)],
  );
}

/** `__proto__` as a name within a section, which the schema library passes over without a word. */
export function nameProblems(data: unknown): PolicyProblem[] {
  return entriesOf(data)
    .filter(([, section]) => entriesOf(section).some(([name]) => name === '__proto__'))
    .map(([key]) => ({
      path: `${key}.__proto__`,
      message: 'is not a name that can be used',
      suggestion: null,
    }));
}

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];

function unknownKeys(path: readonly PropertyKey[], keys: readonly string[]): PolicyProblem[] {
  const known = knownKeys(path);
  return keys.map((key) => ({
    path: pathText([...path, key]),
    message: `is not a key that is known here; known are ${known.join(', ')}`,
    suggestion: didYouMean(key, known),
  }));
}

/** The keys that the schema has at a path. */
function knownKeys(path: readonly PropertyKey[]): readonly string[] {
  let schema: unknown = POLICY_SCHEMA;
  for (const segment of path) schema = step(unwrap(schema), segment);
  const inner = unwrap(schema);
  return inner instanceof z.ZodObject ? Object.keys(inner.shape) : [];
}

function step(schema: unknown, segment: PropertyKey): unknown {
  if (schema instanceof z.ZodObject) return schema.shape[String(segment)];
  return schema instanceof z.ZodRecord ? schema.valueType : undefined;
}

function unwrap(schema: unknown): unknown {
  let inner = schema;
  while (inner instanceof z.ZodDefault || inner instanceof z.ZodPrefault || inner instanceof z.ZodNullable) {
    inner = inner.unwrap();
  }
  return inner;
}

function formProblem(issue: Issue): PolicyProblem {
  const { message, suggestion } = describe(issue);
  return { path: pathText(issue.path), message, suggestion };
}

function describe(issue: Issue): Omit<PolicyProblem, 'path'> {
  switch (issue.code) {
    case 'invalid_type':
      return plain(`must be ${typeText(issue.expected)}, but is ${shown(issue.input)}`);
    case 'invalid_value': {
      const values = issue.values.map(String);
      const suggestion = typeof issue.input === 'string' ? didYouMean(issue.input, values) : null;
      return { message: `must be one of ${values.join(', ')}, but is ${shown(issue.input)}`, suggestion };
    }
    case 'too_small':
      return plain(issue.origin === 'number' || issue.origin === 'int' ? least(issue) : issue.message);
    case 'too_big':
      return plain(most(issue));
    default:
      return plain(issue.message);
  }
}

const plain = (message: string) => ({ message, suggestion: null });

const least = (issue: z.core.$ZodIssueTooSmall): string =>
  `must be ${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}, but is ${shown(issue.input)}`;

function most(issue: z.core.$ZodIssueTooBig): string {
  if (issue.origin === 'array') return `must have at most ${issue.maximum} entries`;
  return `must be at most ${issue.maximum}, but is ${shown(issue.input)}`;
}

const TYPE_TEXT: ReadonlyMap<string, string> = new Map([
  ['int', 'a whole number'],
  ['number', 'a number'],
  ['string', 'a text'],
  ['boolean', 'true or false'],
  ['array', 'a list'],
  ['object', 'a mapping with keys'],
  ['record', 'a mapping with keys'],
]);

const typeText = (expected: string): string => TYPE_TEXT.get(expected) ?? expected;

/** The bad value itself, cut where it is long. */
function shown(input: unknown): string {
  if (input === undefined) return 'missing';
  if (input === null) return 'empty';
  if (typeof input === 'number') return String(input);
  if (typeof input === 'object') return Array.isArray(input) ? 'a list' : 'a mapping';
  const text = JSON.stringify(input) ?? String(input);
  return text.length > 60 ? `${text.slice(0, 57)}…"` : text;
}
