import { lexer, type Tokens } from 'marked';
import type { Issue } from '../box/issue.ts';
import type { RepositoryView } from '../box/verbs.ts';
import { inlineText } from '../terminal/inline.ts';
import { type TrackingText, taskBranch } from './tracking-texts.ts';

/** One line of the demo's table. */
export interface BoardRow {
  readonly issue: number;
  readonly title: string;
  /** The App's own word, or `open` and `labelled` before it has one. */
  readonly state: string;
  /** `2 review`; empty before the first. */
  readonly attempt: string;
  readonly pull: number | null;
  /** `waits for #3, which works on src/numbers.js`; empty where it waits for nothing. */
  readonly waits: string;
}

/** Where every issue stands, as the App shows it on GitHub; that something is merged, the box knows first. */
export function readBoard(
  shop: RepositoryView,
  issues: readonly Issue[],
  texts: readonly TrackingText[],
): readonly BoardRow[] {
  const told = new Map(texts.flatMap(({ body }) => rowsIn(body)).map((row) => [row.issue, row]));
  const merged = mergedTasks(shop);
  return issues.map((issue) => {
    const row = told.get(issue.number) ?? untold(shop, issue);
    const pull = merged.get(issue.number);
    return pull === undefined ? row : { ...row, state: 'landed', waits: '', pull };
  });
}

export const isLanded = ({ state }: BoardRow): boolean => state === 'landed';

/** Nothing more will happen by itself: some tasks ended otherwise or need a person, and the rest waits for those. */
export function isStuck(rows: readonly BoardRow[]): boolean {
  const rest = rows.filter((row) => !isLanded(row)).map(({ state }) => state);
  return (
    rest.some((state) => OVER.has(state)) && rest.every((state) => state === 'blocked' || OVER.has(state))
  );
}

const OVER = new Set([
  'failed',
  'cancelled',
  'skipped',
  'taken out',
  'needs a person',
  'config',
  'in a circle',
]);

function untold(shop: RepositoryView, issue: Issue): BoardRow {
  const { number, title } = issue;
  const state = shop.labelsOn(issue).includes('parallel') ? 'labelled' : 'open';
  return { issue: number, title, state, attempt: '', pull: null, waits: '' };
}

/** Merged pull requests by the issue that they are for. */
function mergedTasks(shop: RepositoryView): ReadonlyMap<number, number> {
  const merged = [...shop.repo.pulls.values()].filter(({ mergedAt }) => mergedAt !== null);
  return new Map(
    merged.flatMap((pull) => {
      const issue = taskBranch(pull);
      return issue === undefined ? [] : [[issue, pull.number] as const];
    }),
  );
}

/** The rows of the tracking text's table of tasks. */
function rowsIn(body: string): readonly BoardRow[] {
  const tables = lexer(body).filter((token): token is Tokens.Table => token.type === 'table');
  const tasks = tables.find(({ header }) => header[0]?.text === 'Issue');
  return (tasks?.rows ?? []).map((cells) => rowOf(cells.map(({ tokens }) => inlineText(tokens))));
}

function rowOf(cells: readonly string[]): BoardRow {
  const [name = '', state = '', attempt = '', , pull = '', , waits = ''] = cells.map((cell) =>
    cell === '–' ? '' : cell,
  );
  const [, number = '0', title = ''] = /^#(\d+) (.*)$/.exec(name) ?? [];
  return {
    issue: Number(number),
    title,
    state: state.replace(/^\P{L}+/u, ''),
    attempt: attempt.replace(/^attempt (\d+) \((?:.* )?(\w+)\)$/, '$1 $2'),
    pull: pull === '' ? null : Number(pull.slice(1)),
    waits,
  };
}
