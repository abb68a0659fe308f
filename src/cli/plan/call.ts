import path from 'node:path';
import { parseArgs } from 'node:util';
import { didYouMean } from '../../domain/did-you-mean.ts';
import type { PlanProblem } from '../../domain/plan.ts';
import { PlanError } from '../../plan/plan-error.ts';
import { invalid } from './invalid.ts';

/** What `heddle plan` was asked for. */
export interface Call {
  readonly of: PlanSource;
  /** Instead of the file's or the environment's; null: theirs. */
  readonly workers: number | null;
  /** Milliseconds; null: the planner's own. */
  readonly budgetMs: number | null;
  readonly form: 'text' | 'json' | 'mermaid';
  readonly svg: string | null;
  /** Whether the repository's files and history are read, too. */
  readonly survey: boolean;
}

/** What is planned: the tasks of a file (a path, or `-` for standard input), or the labelled issues of a repository. */
export type PlanSource =
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'repository'; readonly owner: string; readonly name: string };

const OPTIONS = {
  repo: { type: 'string' },
  'no-survey': { type: 'boolean' },
  workers: { type: 'string' },
  'budget-ms': { type: 'string' },
  json: { type: 'boolean' },
  mermaid: { type: 'boolean' },
  svg: { type: 'string' },
} as const;

type Name = keyof typeof OPTIONS;

const isName = (name: string): name is Name => Object.hasOwn(OPTIONS, name);

const MOST_WORKERS = 1_000_000;
/** A day. */
const MOST_MS = 86_400_000;

/** Reads the command line. Throws PlanError with everything that is wrong with it. */
export function readCall(args: readonly string[]): Call {
  const { tokens } = parseArgs({
    args: [...args],
    options: OPTIONS,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const problems: PlanProblem[] = [];
  const files: string[] = [];
  const values = new Map<Name, string>();
  for (const token of tokens) {
    if (token.kind === 'positional') files.push(token.value);
    else if (token.kind === 'option') readOption(token, values, problems);
  }
  const call = callOf(values, files, problems);
  if (problems.length > 0) throw new PlanError(problems);
  return call;
}

interface Option {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function readOption(option: Option, values: Map<Name, string>, problems: PlanProblem[]): void {
  const { name, rawName, value, inlineValue } = option;
  const refuse = (what: string): void => void problems.push(invalid(rawName, `${rawName} ${what}`));
  if (!isName(name) || rawName !== `--${name}`) refuse(unknownOption(name));
  else if (OPTIONS[name].type === 'boolean' && value !== undefined) refuse('takes no value');
  else if (OPTIONS[name].type === 'boolean') values.set(name, '');
  else if (value === undefined || value === '' || (!inlineValue && /^--?[a-z]/.test(value)))
    refuse(`needs ${NEEDS[name]} after it`);
  else values.set(name, value);
}

const NEEDS: Readonly<Record<Name, string>> = {
  repo: 'owner/name',
  'no-survey': '',
  workers: 'a number',
  'budget-ms': 'a number of milliseconds',
  svg: 'the name of a file',
  json: '',
  mermaid: '',
};

function unknownOption(name: string): string {
  const meant = didYouMean(name, Object.keys(OPTIONS));
  const guess = meant === null ? '' : ` Did you mean --${meant}?`;
  return `is no option of heddle plan.${guess} "heddle plan --help" lists them`;
}

function callOf(values: ReadonlyMap<Name, string>, files: readonly string[], problems: PlanProblem[]): Call {
  const repo = values.get('repo');
  const of = repo === undefined ? fileOf(files, problems) : repositoryOf(repo, files, problems);
  if (values.has('json') && values.has('mermaid'))
    problems.push(
      invalid('--mermaid', '--json and --mermaid both write to standard output: give one of them'),
    );
  if (values.has('no-survey') && of.kind === 'file')
    problems.push(invalid('--no-survey', '--no-survey goes with --repo: a file has no repository to survey'));
  const svg = values.get('svg');
  if (svg !== undefined && of.kind === 'file' && path.resolve(svg) === path.resolve(of.file))
    problems.push(invalid('--svg', '--svg would overwrite the file with the tasks: name another one'));
  const number = (name: Name, least: number, most: number): number | null =>
    readNumber({ name, given: values.get(name), least, most, problems });
  return {
    of,
    workers: number('workers', 1, MOST_WORKERS),
    budgetMs: number('budget-ms', 0, MOST_MS),
    form: values.has('json') ? 'json' : values.has('mermaid') ? 'mermaid' : 'text',
    svg: svg ?? null,
    survey: !values.has('no-survey'),
  };
}

function fileOf(files: readonly string[], problems: PlanProblem[]): PlanSource {
  const [file = ''] = files;
  if (files.length === 0)
    problems.push(
      invalid(
        'FILE',
        'FILE is missing: name a JSON file with tasks, - for standard input, or --repo owner/name for the issues of a repository',
      ),
    );
  // What follows an option that nobody knows may be its value.
  if (files.length > 1 && problems.length === 0)
    problems.push(invalid('FILE', `heddle plan takes one FILE, but got ${namesOf(files)}`));
  return { kind: 'file', file };
}

const namesOf = (files: readonly string[]): string => files.map((each) => JSON.stringify(each)).join(', ');

function repositoryOf(repo: string, files: readonly string[], problems: PlanProblem[]): PlanSource {
  const [, owner = '', name = ''] = REPOSITORY.exec(repo) ?? [];
  if (owner === '' || NO_NAMES.includes(name))
    problems.push(invalid('--repo', `--repo ${notARepository(repo)}`));
  if (files.length > 0 && problems.length === 0)
    problems.push(
      invalid(
        'FILE',
        `--repo plans the issues of a repository, and FILE the tasks of a file: give one of them, not also ${namesOf(files)}`,
      ),
    );
  return { kind: 'repository', owner, name };
}

/** As GitHub allows them; names of managed users hold an underscore. */
const REPOSITORY = /^([A-Za-z\d][\w-]{0,99})\/([\w.-]{1,100})$/;
const NO_NAMES: readonly string[] = ['', '.', '..'];

function notARepository(repo: string): string {
  const [, meant] =
    /^(?:https?:\/\/[^/]+\/|git@[^:]+:)([\w-]+\/[\w.-]+?)(?:\.git|[/?#].*)?$/.exec(repo) ?? [];
  const guess = meant === undefined ? ', such as acme/shop' : `; did you mean ${meant}?`;
  return `must be owner/name, but is ${JSON.stringify(repo.slice(0, 100))}${guess}`;
}

function readNumber(of: {
  readonly name: Name;
  readonly given: string | undefined;
  readonly least: number;
  readonly most: number;
  readonly problems: PlanProblem[];
}): number | null {
  const { name, given, least, most, problems } = of;
  if (given === undefined) return null;
  if (/^\d{1,12}$/.test(given) && Number(given) >= least && Number(given) <= most) return Number(given);
  const what = `must be a whole number from ${least} to ${most}, but is ${JSON.stringify(given.slice(0, 60))}`;
  problems.push(invalid(`--${name}`, `--${name} ${what}`));
  return null;
}
