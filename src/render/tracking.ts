import { accuracyText } from './accuracy.ts';
import { disagreementsText } from './evidence.ts';
import { fitted, paragraphs } from './fit.ts';
import { renderGraph } from './graph.ts';
import { commandsDetails } from './help.ts';
import { gapsText, overlapsText } from './overlaps.ts';
import { reportText } from './report.ts';
import { isEnded } from './states.ts';
import { batchesText, cyclesText, evidenceDetails, summaryLine, timesText } from './tracking-parts.ts';
import { endedLine, taskTable } from './tracking-table.ts';
import type { TaskRow, TrackingView } from './tracking-view.ts';
import { issueList, progressBar } from './words.ts';

/** The tracking text of one run: an issue of its own, or a sticky comment on an epic (which needs no title). */
export function renderTracking(view: TrackingView): { readonly title: string; readonly body: string } {
  return { title: titleOf(view), body: fitted(LEVELS, (level) => bodyAt(view, level)) };
}

const titleOf = (view: TrackingView): string =>
  view.scope.kind === 'epic' ? `Parallel work on #${view.scope.issue}` : 'Parallel work';

/**
 * How much is shown. Each level gives up what people miss least, so that the text always fits and nothing is cut in the
 * middle: first the evidence, then the graph, then the rows of tasks that have ended, then rows and batches beyond a limit.
 */
interface Level {
  readonly evidence: boolean;
  readonly graph: boolean;
  readonly endedRows: boolean;
  readonly rows: number;
  /** Of every list. */
  readonly lines: number;
}

/** A row takes more than 80 characters: more rows than these can't fit. */
const ALL = 800;
const LEVELS: readonly Level[] = [
  { evidence: true, graph: true, endedRows: true, rows: ALL, lines: 40 },
  { evidence: false, graph: true, endedRows: true, rows: ALL, lines: 40 },
  { evidence: false, graph: false, endedRows: true, rows: ALL, lines: 40 },
  { evidence: false, graph: false, endedRows: false, rows: ALL, lines: 40 },
  { evidence: false, graph: false, endedRows: false, rows: 150, lines: 20 },
  { evidence: false, graph: false, endedRows: false, rows: 40, lines: 8 },
  { evidence: false, graph: false, endedRows: false, rows: 3, lines: 3 },
];

function bodyAt(view: TrackingView, level: Level): string {
  const { repository: home, rows, measured } = view;
  return paragraphs([
    summaryLine(view),
    progressOf(view),
    ...notices(view),
    graphSection(view, level),
    tableSection(view, level),
    cyclesText(view, Math.min(8, level.lines)),
    disagreementsText(view.disagreements, { home, max: Math.ceil(level.lines / 4) }),
    batchesText(view, level.lines),
    view.ended
      ? ''
      : paragraphs([overlapsText(view.overlaps, Math.ceil(level.lines / 2)), gapsText(view.gaps)]),
    timesText(view),
    view.ended ? reportText({ home, rows, measured }, level.lines) : '',
    view.ended ? accuracyText(view.accuracy, level.lines) : '',
    evidenceSection(view, level),
    commandsDetails(),
  ]);
}

const progressOf = (view: TrackingView): string =>
  `\`${progressBar(view.rows.filter((row) => isEnded(row.status)).length, view.rows.length)}\``;

function notices(view: TrackingView): readonly string[] {
  return [
    view.approvalNeeded
      ? '> ✋ **This plan waits for approval.** Read it, then comment `/parallel approve`.'
      : '',
    view.paused
      ? '> ⏸️ **Paused.** What runs may finish, nothing new starts. `/parallel resume` goes on.'
      : '',
    view.configInvalid
      ? '> ⚙️ **`.github/parallel.yml` is invalid,** so nothing new starts. A comment lists every problem; a push that fixes the file is enough to go on.'
      : '',
    notLinkedText(view.notLinked),
  ];
}

const notLinkedText = (issues: readonly number[]): string =>
  issues.length === 0
    ? ''
    : `> ℹ️ GitHub links at most 100 sub-issues. Part of this run, but not linked: ${issueList(issues, 400)}.`;

function graphSection(view: TrackingView, level: Level): string {
  if (view.rows.length === 0) return '';
  if (!level.graph) return '_The graph is left out because this text would be too long for GitHub._';
  const { repository: home, rows, dependencies, cycles } = view;
  return renderGraph({ home, rows, dependencies, cycles });
}

function tableSection(view: TrackingView, level: Level): string {
  if (view.rows.length === 0) return '';
  const shown = view.rows.filter((row) => level.endedRows || !isEnded(row.status));
  const parts = [`### Tasks${view.revision === null ? '' : ` · plan ${view.revision}`}`];
  if (shown.length > 0) parts.push(taskTable(shown.slice(0, level.rows), view.repository));
  if (shown.length > level.rows) parts.push(restLine(shown.slice(level.rows)));
  if (!level.endedRows) parts.push(endedLine(view.rows));
  return paragraphs(parts);
}

const restLine = (rows: readonly TaskRow[]): string =>
  `… and ${rows.length} more: ${issueList(
    rows.map((row) => row.issue),
    400,
  )}. \`/parallel explain #N\` says where one of them stands.`;

function evidenceSection(view: TrackingView, level: Level): string {
  if (view.dependencies.length === 0) return '';
  if (level.evidence) return evidenceDetails(view);
  return '_The evidence for the dependencies is left out because this text would be too long; `/parallel explain #N` shows it._';
}
