import { claimLines, evidenceLine } from '../evidence.ts';
import { overlapLine } from '../overlaps.ts';
import { TERMINAL } from '../voice.ts';
import { blockedByText, count, cyclePath, issueText, list } from '../words.ts';
import { flat, wrap } from './cells.ts';
import { expectedLine } from './expected.ts';
import { numberText } from './names.ts';
import { numbered } from './numbered.ts';
import type { Preview, RunPreview } from './preview-view.ts';
import { apart, batchLines, planSections } from './text.ts';
import type { Page } from './view.ts';

/** Lines of a list; --json has them all. */
const MOST_LINES = 30;

/** A dry run for people: the plan of all runs together, waves, and everything that says why. */
export function renderPreview(view: Preview, page: Page): string {
  const { repository: home } = view;
  const plan = view.plan.order.length === 0 ? [] : planSections(numbered(view), page, '');
  return apart([
    headLines(view, page),
    ...plan,
    plan.length === 0 ? [] : wrap(expectedLine(view), page.width, page.cellsOf),
    ...view.runs.map((run) => waveLines(run, page)),
    listed(
      'Why tasks wait for each other:',
      page,
      view.dependencies.map((each) => evidenceLine(each, home, TERMINAL)),
    ),
    listed(
      'Where the evidence disagrees, and a command decided:',
      page,
      view.disagreements.flatMap((claims) => claimLines(claims, home, TERMINAL)),
    ),
    listed('Where tasks may change the same:', page, overlapLines(view)),
    listed('Waits for what is not planned here; times do not count that:', page, outsideLines(view)),
    listed('Circles: none of these can start, though times count them:', page, cycleLines(view)),
    listed('Does not start:', page, stoppedLines(view)),
  ]);
}

function headLines({ repository, runs, plan, slots }: Preview, page: Page): readonly string[] {
  const name = flat(`${repository.owner}/${repository.name}`);
  if (plan.order.length === 0)
    return wrap(
      `${name} has nothing to plan: no open issue has the label "parallel", or none by somebody who may write. Put it on an issue, or on an epic for all of its open sub-issues, such as with: gh issue edit 12 --add-label parallel`,
      page.width,
      page.cellsOf,
    );
  const what = `${count(plan.order.length, 'issue')} in ${count(runs.length, 'run')}, at most ${count(slots, 'attempt')} at once`;
  const text = `${name}: ${what}. This is a dry run: it writes nothing and starts nothing.`;
  return wrap(text, page.width, page.cellsOf);
}

function waveLines({ scope, batches }: RunPreview, page: Page): readonly string[] {
  const whose = scope.kind === 'epic' ? `epic #${scope.issue}` : 'loose issues';
  const title = `Waves of ${whose}, each of which could run together:`;
  return batchLines(
    batches.map((batch) => batch.map(issueText)),
    { title, page },
  );
}

/** A title and a line for each item, wrapped; nothing where there are none. */
function listed(title: string, { width, cellsOf, style }: Page, items: readonly string[]): readonly string[] {
  if (items.length === 0) return [];
  const lines = items.slice(0, MOST_LINES).flatMap((item) => {
    const [first = '', ...more] = wrap(item, width - 4, cellsOf);
    return [`  ${first}`, ...more.map((line) => `    ${line}`)];
  });
  const rest = items.length - MOST_LINES;
  const left = rest > 0 ? [style.faint(`  … and ${numberText(rest)} more; --json has them all.`)] : [];
  return [style.strong(title), ...lines, ...left];
}

const overlapLines = ({ overlaps, gaps }: Preview): readonly string[] => [
  ...overlaps.map((overlap) => overlapLine(overlap, TERMINAL)),
  ...gaps.map((gap) => `(may be incomplete: ${flat(gap)})`),
];

const outsideLines = ({ outside, repository }: Preview): readonly string[] =>
  outside.map(
    ({ issue, by }) =>
      `${issueText(issue)}: ${list(
        by.map((each) => blockedByText(each, repository, TERMINAL.issue)),
        6,
      )}`,
  );

const cycleLines = ({ cycles, repository }: Preview): readonly string[] =>
  cycles.flatMap(({ path, evidence }) => [
    cyclePath(path),
    ...evidence.map((each) => `· ${evidenceLine(each, repository, TERMINAL)}`),
  ]);

const stoppedLines = ({ refused, edited }: Preview): readonly string[] => [
  ...refused.map(
    ({ issue, actor }) => `${issueText(issue)} was labelled by ${flat(actor)}, who may not write here`,
  ),
  ...edited.map(
    (issue) =>
      `${issueText(issue)} was edited after it was labelled, by somebody who may not write; it waits for /parallel approve`,
  ),
];
