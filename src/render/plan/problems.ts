import { didYouMean } from '../../domain/did-you-mean.ts';
import type { PlanProblem } from '../../domain/plan.ts';
import { flat } from './cells.ts';
import { keyText, numberText } from './names.ts';

/** More lines than this push the first ones off the screen. */
const MOST_LINES = 20;
/** Looking for what was meant takes time for each id, and short ids are near to everything. */
const MOST_IDS = 5_000;
const LEAST_LETTERS = 4;

/** A line for each problem, with what to do about it. `ids`: those of the tasks. */
export function problemLines(problems: readonly PlanProblem[], ids: readonly string[]): readonly string[] {
  const shown = problems.slice(0, MOST_LINES).map((problem) => problemLine(problem, ids));
  const rest = problems.length - shown.length;
  return rest > 0 ? [...shown, `… and ${numberText(rest)} more problems; --json lists them all`] : shown;
}

/** One line for them all, where the list stands elsewhere. */
export function problemsInShort(problems: readonly PlanProblem[], ids: readonly string[]): string {
  const [first] = problems.map((problem) => problemLine(problem, ids)).slice(0, 1);
  const rest = problems.length - 1;
  return rest === 0 ? (first ?? '') : `${first} (and ${numberText(rest)} more, all on standard output)`;
}

const problemLine = (problem: PlanProblem, ids: readonly string[]): string =>
  flat(`${problem.message}${remedy(problem, ids)}`);

function remedy(problem: PlanProblem, ids: readonly string[]): string {
  switch (problem.kind) {
    case 'cycle':
      return '; remove one of these dependencies';
    case 'unknown-dependency': {
      const meant = nearId(problem.dependency, ids);
      return meant === null
        ? '; add that task, or take it out of "deps"'
        : `; did you mean ${JSON.stringify(meant)}?`;
    }
    case 'duplicate-id':
      return '; give each task an id of its own';
    case 'unmet-requirement':
      return '; change the workers or the capacity, or what the task asks for';
    case 'invalid':
      return HINTS[problem.path] ?? '';
    default:
      return problem satisfies never;
  }
}

const nearId = (id: string, ids: readonly string[]): string | null =>
  id.length < LEAST_LETTERS || ids.length > MOST_IDS ? null : didYouMean(id, ids);

const HINTS: Readonly<Record<string, string>> = {
  '': ', such as {"tasks": [{"id": 1, "duration": 30}], "workers": 3}',
  tasks: ', such as [{"id": 1, "duration": 30}, {"id": 2, "deps": [1]}]',
  workers: '; write it in the file, or give --workers N',
};

/** A line for each field that nothing reads and that was most likely meant to be read. */
export function misspeltLines(fields: readonly MisspeltView[]): readonly string[] {
  return fields.slice(0, MOST_LINES).map(({ of, field, meant, count }) => {
    const who =
      of === 'request' ? 'the file has' : count === 1 ? `a ${of} has` : `${numberText(count)} ${of}s have`;
    return `${who} ${JSON.stringify(keyText(field))}, which nothing reads; did you mean ${JSON.stringify(meant)}?`;
  });
}

interface MisspeltView {
  readonly of: 'request' | 'task' | 'worker';
  readonly field: string;
  readonly meant: string;
  readonly count: number;
}
