import path from 'node:path';
import { parseArgs } from 'node:util';
import { didYouMean } from '../../domain/did-you-mean.ts';
import type { PlanProblem } from '../../domain/plan.ts';
import { PlanError } from '../../plan/plan-error.ts';
import { invalid } from './invalid.ts';

/** What `heddle plan` was asked for. */
export interface Call {
  /** A path, or `-` for standard input. */
  readonly file: string;
  /** Instead of the file's; null: the file's own. */
  readonly workers: number | null;
  /** Milliseconds; null: the planner's own. */
  readonly budgetMs: number | null;
  readonly form: 'text' | 'json' | 'mermaid';
  readonly svg: string | null;
}

const OPTIONS = {
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
  workers: 'a number',
  'budget-ms': 'a number of milliseconds',
  svg: 'the name of a file',
  json: '',
  mermaid: '',
};

function unknownOption(name: string): string {
  if (name === 'repo') return 'is not there yet: this version plans the tasks of a file';
  const meant = didYouMean(name, Object.keys(OPTIONS));
  const guess = meant === null ? '' : ` Did you mean --${meant}?`;
  return `is no option of heddle plan.${guess} "heddle plan --help" lists them`;
}

function callOf(values: ReadonlyMap<Name, string>, files: readonly string[], problems: PlanProblem[]): Call {
  const [file = ''] = files;
  if (files.length === 0)
    problems.push(invalid('FILE', 'FILE is missing: name a JSON file with tasks, or - for standard input'));
  // What follows an option that nobody knows may be its value.
  if (files.length > 1 && problems.length === 0) {
    const which = files.map((each) => JSON.stringify(each)).join(', ');
    problems.push(invalid('FILE', `heddle plan takes one FILE, but got ${which}`));
  }
  if (values.has('json') && values.has('mermaid'))
    problems.push(
      invalid('--mermaid', '--json and --mermaid both write to standard output: give one of them'),
    );
  const svg = values.get('svg');
  if (svg !== undefined && path.resolve(svg) === path.resolve(file))
    problems.push(invalid('--svg', '--svg would overwrite the file with the tasks: name another one'));
  const number = (name: Name, least: number, most: number): number | null =>
    readNumber({ name, given: values.get(name), least, most, problems });
  return {
    file,
    workers: number('workers', 1, MOST_WORKERS),
    budgetMs: number('budget-ms', 0, MOST_MS),
    form: values.has('json') ? 'json' : values.has('mermaid') ? 'mermaid' : 'text',
    svg: svg ?? null,
  };
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
