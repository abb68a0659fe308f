import { type Command, type ParsedCommand, type RetryMode, USAGE, type Verb } from '../domain/command.ts';
import type { Relation } from '../domain/dependency.ts';
import { didYouMean } from '../domain/did-you-mean.ts';
import { PRIORITIES } from '../domain/task.ts';
import { leadingReferences } from './evidence/references.ts';
import { plainLines } from './markdown/read.ts';

/** The commands of a comment: `/parallel <verb> …` at the start of a line, outside code, quotes and HTML. */
export function parseCommands(body: string): readonly ParsedCommand[] {
  if (!/^ {0,3}\/parallel(?!\S)/im.test(body)) return [];
  return plainLines(body).flatMap(({ text, line }) => {
    const words = /^ {0,3}\/parallel(?!\S)(.*)$/i.exec(text)?.[1];
    return words === undefined ? [] : [{ line, text: text.trim(), ...parseWords(words) }];
  });
}

type Parsed =
  | Pick<Extract<ParsedCommand, { kind: 'known' }>, 'kind' | 'command'>
  | Pick<Extract<ParsedCommand, { kind: 'unknown' }>, 'kind' | 'verb' | 'didYouMean' | 'later'>
  | Pick<Extract<ParsedCommand, { kind: 'malformed' }>, 'kind' | 'verb' | 'usage'>;

/** A bare `/parallel` asks for help. */
function parseWords(text: string): Parsed {
  const [word = 'help', ...args] = hyphenated(text)
    .split(/\s+/)
    .filter((part) => part !== '');
  const verb = VERBS.find((known) => known === word.toLowerCase());
  if (verb === undefined) return unknownVerb(word);
  const command = commandOf(verb, args);
  return command === null ? { kind: 'malformed', verb, usage: USAGE[verb] } : { kind: 'known', command };
}

/** `depends on` is what people write, too. */
const hyphenated = (text: string): string =>
  text.replace(
    /^(\s+)(depends on|independent of)(?!\S)/i,
    (_, space: string, verb: string) => `${space}${verb.replace(' ', '-')}`,
  );

function unknownVerb(word: string): Parsed {
  const later = LATER.includes(word.toLowerCase());
  const near = later ? null : didYouMean(word, VERBS);
  const meant = VERBS.find((verb) => verb === near) ?? null;
  return { kind: 'unknown', verb: word.slice(0, 64), didYouMean: meant, later };
}

const VERBS: readonly Verb[] = [
  'help',
  'plan',
  'run',
  'status',
  'explain',
  'pause',
  'resume',
  'cancel',
  'retry',
  'skip',
  'approve',
  'priority',
  'depends-on',
  'independent-of',
];

/** Verbs of the product that this version does not carry out. */
const LATER: readonly string[] = ['fix', 'stop', 'agent', 'concurrency', 'budget', 'rebase', 'merge', 'hold'];

function commandOf(verb: Verb, args: readonly string[]): Command | null {
  switch (verb) {
    case 'help':
    case 'plan':
    case 'run':
    case 'status':
      return args.length === 0 ? { verb } : null;
    case 'retry':
      return withIssue(args, 1, (rest, issue) => retryOf(rest, issue));
    case 'priority':
      return withIssue(args, 1, (rest, issue) => priorityOf(rest, issue));
    case 'depends-on':
    case 'independent-of':
      return overrideOf(verb, args.join(' '));
    default:
      return withIssue(args, 0, (_, issue) => ({ verb, issue }));
  }
}

/** Takes at most one issue out of the arguments; at most `others` words may remain. */
function withIssue(
  words: readonly string[],
  others: number,
  make: (rest: string | undefined, issue: number | null) => Command | null,
): Command | null {
  const args = words.map((word) => word.toLowerCase());
  const issues = args.filter((arg) => ISSUE.test(arg));
  const rest = args.filter((arg) => !ISSUE.test(arg));
  if (issues.length > 1 || rest.length > others) return null;
  const [issue] = issues;
  return make(rest[0], issue === undefined ? null : Number(issue.replace('#', '')));
}

const ISSUE = /^#?[1-9]\d{0,8}$/;

function retryOf(word: string | undefined, issue: number | null): Command | null {
  const mode = RETRY_MODES.find((known) => known === (word ?? 'auto'));
  return mode === undefined || word === 'auto' ? null : { verb: 'retry', mode, issue };
}

const RETRY_MODES: readonly RetryMode[] = ['auto', 'fresh', 'review', 'ci'];

function priorityOf(word: string | undefined, issue: number | null): Command | null {
  const priority = PRIORITIES.find((known) => known === word);
  return priority === undefined ? null : { verb: 'priority', priority, issue };
}

/** `#12`, `12`, `#12 and owner/repo#3`, URLs; then `for #34` where the command does not stand on the issue that waits. */
function overrideOf(verb: Relation, text: string): Command | null {
  const numbered = text.replaceAll(/(?<!\S)(?=[1-9]\d{0,8}(?:[,;]|\s|$))/g, '#');
  const { references: on, tail } = leadingReferences(numbered, null);
  const rest = /^\s*(?:for\s+#([1-9]\d{0,8}))?\s*[.!]?$/i.exec(tail);
  if (on.length === 0 || rest === null) return null;
  return { verb, on, issue: rest[1] === undefined ? null : Number(rest[1]) };
}
