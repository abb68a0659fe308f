import { type BoardRow, isLanded } from '../story/board.ts';
import { cell, shorten } from './columns.ts';
import type { Style, Terminal } from './style.ts';

export interface BoardView {
  readonly rows: readonly BoardRow[];
  /** What happened last, newest at the end. */
  readonly news: readonly string[];
  readonly elapsedMs: number;
}

/** The live table: every line fits, and there are always as many lines for the same issues. */
export function boardText({ rows, news, elapsedMs }: BoardView, { width, style }: Terminal): string {
  const landed = rows.filter(isLanded).length;
  const head = `${landed} of ${rows.length} landed`;
  const recent = Array.from({ length: NEWS }, (_, at) => news.slice(-NEWS)[at] ?? '');
  return [
    style.bold(cell(head, width - 8)) + style.dim(seconds(elapsedMs).padStart(8)),
    '',
    style.dim(line(['', 'Issue', 'State', 'Attempt', 'PR', 'Waits for'], width)),
    ...rows.map((row) => colour(row, style)(line(cells(row), width))),
    '',
    ...recent.map((text) => style.dim(shorten(text, width))),
  ].join('\n');
}

/** Seconds since the start, as in `12.3 s`. */
export const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`;

const NEWS = 4;

/** Of the columns but for the last one, which takes the rest. */
const WIDTHS = [4, 25, 11, 11, 3] as const;

function line(texts: readonly string[], width: number): string {
  const used = WIDTHS.reduce((total, each) => total + each + 1, 0);
  return texts
    .map((text, at) => cell(text, WIDTHS[at] ?? width - used))
    .join(' ')
    .trimEnd();
}

const cells = ({ issue, title, state, attempt, pull, waits }: BoardRow): readonly string[] => [
  `#${issue}`,
  title,
  state,
  attempt,
  pull === null ? '' : `#${pull}`,
  waits.replace(/^waits (for )?/, ''),
];

function colour({ state }: BoardRow, style: Style): (text: string) => string {
  switch (state) {
    case 'landed':
      return style.green;
    case 'running':
    case 'publishing':
      return style.cyan;
    case 'review':
    case 'landing':
      return style.magenta;
    case 'tries again':
      return style.yellow;
    case 'failed':
    case 'needs a person':
      return style.red;
    default:
      return style.dim;
  }
}
