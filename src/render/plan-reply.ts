import { disagreementsText, evidenceLine } from './evidence.ts';
import { fitted, paragraphs, section } from './fit.ts';
import { renderGraph } from './graph.ts';
import { gapsText, overlapsText } from './overlaps.ts';
import { expectedLine } from './plan/expected.ts';
import { pathText } from './plan/names.ts';
import { numbered } from './plan/numbered.ts';
import type { OutsideWait, Preview } from './plan/preview-view.ts';
import { boundText } from './plan/summary.ts';
import { waitingText } from './plan/waiting.ts';
import { lookOf } from './states.ts';
import { cellCode, code, named } from './text.ts';
import { batchesText, cyclesText } from './tracking-parts.ts';
import { table } from './tracking-table.ts';
import type { TrackingView } from './tracking-view.ts';
import { blockedByText, count, type Home, issueText, list, minutesText, rowTitle } from './words.ts';

/** `/parallel plan`: one run as it stands, and what is planned of it. */
export interface PlanReplyView {
  readonly tracking: TrackingView;
  readonly preview: Preview;
}

/** How much is shown; each level gives up what people miss least, with a word about it. */
interface Level {
  readonly graph: boolean;
  /** Of every list. */
  readonly lines: number;
}

const LEVELS: readonly Level[] = [
  { graph: true, lines: 100 },
  { graph: true, lines: 40 },
  { graph: false, lines: 40 },
  { graph: false, lines: 12 },
  { graph: false, lines: 3 },
];

/** The plan with its reasons, as `heddle plan --repo` shows it; nothing is started by it. */
export function planReply(view: PlanReplyView): string {
  if (view.tracking.rows.length === 0)
    return 'There is nothing to plan: no open issue has the label `parallel`.';
  if (view.preview.plan.order.length === 0) return 'There is nothing left to plan: every task has ended.';
  return fitted(LEVELS, (level) => planText(view, level));
}

function planText({ tracking, preview }: PlanReplyView, { graph, lines: max }: Level): string {
  const { repository: home, dependencies, disagreements, cycles, overlaps, gaps } = preview;
  const rows = openRows(tracking, preview);
  return paragraphs([
    `**The plan for ${count(rows.length, 'task')}**, at most ${count(preview.slots, 'attempt')} at once. This comment starts nothing.`,
    graph ? renderGraph({ home, rows, dependencies, cycles }) : NO_GRAPH,
    taskTable({ tracking, preview }, max),
    batchesText(tracking, max),
    timesText(preview),
    cyclesText(tracking, Math.min(8, max)),
    section('Why tasks wait for each other', dependencies, {
      max,
      lineOf: (each) => evidenceLine(each, home),
    }),
    disagreementsText(disagreements, { home, max }),
    overlapsText(overlaps, max),
    gapsText(gaps),
    section('What a task holds for itself while it works', holders(preview), {
      max,
      lineOf: ({ issue, keys }) =>
        `${issueText(issue)}: ${list(
          keys.map((key) => code(key, 80)),
          6,
        )}`,
    }),
    section('Labelled by somebody who may not write', preview.refused, {
      max,
      lineOf: ({ issue, actor }) => `${issueText(issue)}, by ${named(actor)}: it does not start`,
    }),
    tracking.approvalNeeded ? '**Next:** comment `/parallel approve` to start it.' : NEXT_RUN,
  ]);
}

const NO_GRAPH = '_The graph is left out because this text would be too long for GitHub._';
const NEXT_RUN = '**Next:** comment `/parallel run` to start now, or wait: it starts by itself.';

function openRows({ rows }: TrackingView, { plan }: Preview): TrackingView['rows'] {
  const byIssue = new Map(rows.map((row) => [String(row.issue), row]));
  return plan.order.flatMap((id) => byIssue.get(id) ?? []);
}

/** The planner's own keys of pairs are left out: both keys of a pair are there, too. */
function holders({
  request,
}: Preview): readonly { readonly issue: number; readonly keys: readonly string[] }[] {
  return request.tasks
    .map(({ id, exclusiveKeys = [] }) => ({
      issue: Number(id),
      keys: exclusiveKeys.filter((key) => !key.includes('\0')),
    }))
    .filter(({ keys }) => keys.length > 0);
}

function taskTable({ tracking, preview }: PlanReplyView, max: number): string {
  const { plan, waits } = numbered(preview);
  const entries = new Map(plan.schedule.map((entry) => [entry.id, entry]));
  const waitOf = new Map(waits.map((wait) => [wait.id, wait]));
  const expected = new Map(preview.expected?.tasks.map((task) => [task.issue, task]));
  const outside = new Map(preview.outside.map((wait) => [wait.issue, wait]));
  const rows = openRows(tracking, preview);
  const cells = rows.slice(0, max).map((row, index) => {
    const entry = entries.get(issueText(row.issue));
    const task = expected.get(row.issue);
    return [
      `${index + 1}`,
      rowTitle(row),
      lookOf(row.status).word,
      task ? `${minutesText(task.p50)} – ${minutesText(task.p90)}` : '',
      [
        ...outsideText(outside.get(row.issue), preview.repository),
        ...(entry ? [waitingText(waitOf.get(entry.id), entry, (key) => cellCode(key, 80))] : []),
      ]
        .filter((text) => text !== '–')
        .join('; '),
    ];
  });
  const rest = rows.length - max;
  return paragraphs([
    table(['Order', 'Issue', 'State', 'Takes', 'In this plan it waits for'], cells),
    rest > 0 ? `… and ${rest} more.` : '',
  ]);
}

/** The plan cannot say when that ends. */
const outsideText = (wait: OutsideWait | undefined, home: Home): readonly string[] =>
  wait === undefined
    ? []
    : [
        `blocked by ${list(
          wait.by.map((each) => blockedByText(each, home)),
          6,
        )}, not planned here`,
      ];

/** Nothing is said of times where nothing was measured: what is assumed of tasks only puts them in order. */
function timesText(preview: Preview): string {
  const { plan, expected } = preview;
  const path = `**Critical path:** ${pathText(plan.criticalPath.map((id) => `#${id}`))}`;
  if (expected === null)
    return paragraphs([`${path}.`, 'There is no estimate yet: nothing was measured here before.']);
  return paragraphs([
    `${path}.`,
    expectedLine(preview),
    `One after another: ${minutesText(plan.sequential)}. ${boundText(plan)}`,
  ]);
}
