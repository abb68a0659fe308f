import { paragraphs, section } from './fit.ts';
import { lookOf, nextStep, waitText } from './states.ts';
import { anyLanded, measuredText } from './tracking-parts.ts';
import type { Measured, TaskRow } from './tracking-view.ts';
import { count, type Home, rowTitle } from './words.ts';

export interface ReportView {
  readonly home: Home;
  readonly rows: readonly TaskRow[];
  readonly measured: Measured;
}

/** How a run ended: what landed, what did not and why, with the next step, and what it took; `max` lines in each list. */
export function reportText(view: ReportView, max: number): string {
  const landed = view.rows.filter((row) => row.status.state === 'landed');
  const others = view.rows.filter((row) => row.status.state !== 'landed');
  return paragraphs([
    '### Report',
    `**${landed.length} of ${count(view.rows.length, 'task')} landed.** ${timeLine(view)}`.trim(),
    section('Landed', landed, { max, lineOf: landedLine }),
    section('Did not land', others, { max, lineOf: (row) => otherLine(row, view.home) }),
  ]);
}

function timeLine(view: ReportView): string {
  const { wallMinutes: wall, sumMinutes: sum } = view.measured;
  const text = measuredText({ wall, sum, landed: anyLanded(view.rows) }).replace(/ so far$/, '');
  return text === '' ? '' : `${text[0]?.toUpperCase()}${text.slice(1)}.`;
}

const landedLine = (row: TaskRow): string =>
  `✅ ${rowTitle(row)}${row.pull === null ? '' : ` in #${row.pull}`}`;

function otherLine(row: TaskRow, home: Home): string {
  const { emoji, word } = lookOf(row.status);
  const waits = waitText(row.status, { home, requestedBy: row.requestedBy });
  const next = nextStep(row);
  return `${emoji} ${rowTitle(row)}: ${word}${waits === '' ? '.' : `: ${waits.replace(/\.$/, '')}.`}${next === '' ? '' : ` ${next}`}`;
}
