import { count, cyclePath, issueText, list } from '../words.ts';
import { flat, wrap } from './cells.ts';
import type { ForecastView, OverlapView, RunForecast } from './forecast-view.ts';
import { keyText, numberText } from './names.ts';
import { keyOf, numbered } from './numbered.ts';
import { disagreementLines, outsideText, quoted, saidText } from './said.ts';
import { apart, batchLines, planSections } from './text.ts';
import type { Page } from './view.ts';

/** Lines of a list; --json has them all. */
const MOST_LINES = 30;

/** A dry run for people: the plan of all runs together, waves, and everything that says why. */
export function renderForecast(view: ForecastView, page: Page): string {
  const { repository: home } = view;
  const plan = view.plan.order.length === 0 ? [] : planSections(numbered(view), page);
  return apart([
    headLines(view, page),
    ...plan,
    ...view.runs.map((run) => waveLines(run, page)),
    listed(
      'Why tasks wait for each other:',
      page,
      view.dependencies.map((each) => saidText(each, home)),
    ),
    listed(
      'Where the evidence disagrees, and a command decided:',
      page,
      view.disagreements.flatMap((claims) => disagreementLines(claims, home)),
    ),
    listed(
      'Tasks that take turns, because they would change the same:',
      page,
      view.overlaps.map(overlapText),
    ),
    listed('Waits for what is not planned here; times do not count that:', page, outsideLines(view)),
    listed('Circles: none of these can start, though times count them:', page, cycleLines(view)),
    listed('Does not start:', page, stoppedLines(view)),
  ]);
}

function headLines({ repository, runs, plan, slots }: ForecastView, page: Page): readonly string[] {
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

function waveLines({ scope, batches }: RunForecast, page: Page): readonly string[] {
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

function overlapText({ key, issues, evidence }: OverlapView): string {
  const words = evidence.filter(({ quote }) => flat(quote) !== flat(key));
  const said = words.map(({ issue, quote }) => `${issueText(issue)}${quoted(quote)}`);
  const why = said.length === 0 ? '' : `; ${list(said, 4)}`;
  return `${keyText(keyOf(key))}: ${list(issues.map(issueText), 8)}${why}`;
}

const outsideLines = ({ outside, repository }: ForecastView): readonly string[] =>
  outside.map(
    ({ issue, by }) =>
      `${issueText(issue)}: ${list(
        by.map((each) => outsideText(each, repository)),
        6,
      )}`,
  );

const cycleLines = ({ cycles, repository }: ForecastView): readonly string[] =>
  cycles.flatMap(({ path, evidence }) => [
    cyclePath(path),
    ...evidence.map((each) => `· ${saidText(each, repository)}`),
  ]);

const stoppedLines = ({ refused, edited }: ForecastView): readonly string[] => [
  ...refused.map(
    ({ issue, actor }) => `${issueText(issue)} was labelled by ${flat(actor)}, who may not write here`,
  ),
  ...edited.map(
    (issue) =>
      `${issueText(issue)} was edited after it was labelled, by somebody who may not write; it waits for /parallel approve`,
  ),
];
