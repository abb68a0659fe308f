import type { Attempt } from '../domain/attempt.ts';
import type { Dependency, Disagreement } from '../domain/dependency.ts';
import type { Comparison, Overlap, PredictedKey } from '../domain/overlap.ts';
import { attemptLines } from './comments.ts';
import { disagreementsText, evidenceLine } from './evidence.ts';
import { fitted, LINE_LEVELS, paragraphs, section } from './fit.ts';
import { comparisonText, gapsText, overlapsText, predictedLine } from './overlaps.ts';
import { lookOf, waitText } from './states.ts';
import { named } from './text.ts';
import { summaryLine } from './tracking-parts.ts';
import { taskTable } from './tracking-table.ts';
import type { TaskRow, TrackingView } from './tracking-view.ts';
import { explainedText } from './waits.ts';
import { type Home, rowTitle } from './words.ts';

/** `/parallel status`: where the run stands. `tracking`: the issue that shows it all. */
export function statusReply(view: TrackingView, tracking: number | null): string {
  const open = view.rows.filter((row) => row.status.state !== 'landed');
  return fitted(LINE_LEVELS, (max) =>
    paragraphs([
      summaryLine(view),
      view.paused ? '⏸️ Paused; `/parallel resume` goes on.' : '',
      view.approvalNeeded ? '✋ Waits for `/parallel approve`.' : '',
      open.length === 0 ? '' : taskTable(open.slice(0, max), view.repository),
      moreText(open.length - max),
      tracking === null ? '' : `Everything is in #${tracking}.`,
    ]),
  );
}

export interface ExplainView {
  readonly home: Home;
  readonly row: TaskRow;
  /** What this task waits for, and what says so. */
  readonly dependencies: readonly Dependency[];
  /** What is said about this task and does not go together. */
  readonly disagreements: readonly Disagreement[];
  /** What it is predicted to change, surest first. */
  readonly foreseen: readonly PredictedKey[];
  /** With unfinished tasks. */
  readonly overlaps: readonly Overlap[];
  /** What was predicted beside what it changed; null: nothing has come home. */
  readonly comparison: Comparison | null;
  readonly gaps: readonly string[];
  readonly attempts: readonly Attempt[];
}

/** `/parallel explain #12`: why a task is where it is, with all of its evidence. */
export function explainReply(view: ExplainView): string {
  const { home, row, dependencies, disagreements, foreseen, comparison, attempts } = view;
  const [held, perhaps] = (['exclusive', 'warn'] as const).map((level) =>
    foreseen.filter((each) => each.level === level),
  );
  const evidence = (dependency: Dependency): string => evidenceLine(dependency, home);
  return fitted(LINE_LEVELS, (max) =>
    paragraphs([
      standing(view),
      `Asked for by ${named(row.requestedBy)}.${row.pull === null ? '' : ` Pull request: #${row.pull}.`}`,
      section('What it waits for', dependencies, { max, lineOf: evidence }),
      disagreementsText(disagreements, { home, max }),
      section('What no other task may change meanwhile', held ?? [], { max, lineOf: predictedLine }),
      section('What it may change too', perhaps ?? [], { max, lineOf: predictedLine }),
      overlapsText(view.overlaps, max),
      comparison ? comparisonText(comparison, max) : '',
      gapsText(view.gaps),
      attemptLines(attempts),
    ]),
  );
}

function standing({ home, row }: ExplainView): string {
  const { emoji, word } = lookOf(row.status);
  const waits =
    row.status.state === 'waiting'
      ? explainedText(row.status.reason, { home, asked: row.requestedBy })
      : waitText(row.status, { home, requestedBy: row.requestedBy });
  const start = `${emoji} **${rowTitle(row)}** ${/^(?:needs|tries) /.test(word) ? '' : 'is '}`;
  const tail = waits === '' ? word : waits.startsWith(`${word} `) ? waits : `${word}: ${waits}`;
  return `${start}${tail.replace(/\.$/, '')}.`;
}

const moreText = (rest: number): string => (rest > 0 ? `… and ${rest} more.` : '');
