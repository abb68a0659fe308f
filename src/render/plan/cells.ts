import { clean } from '../text.ts';
import type { Page } from './view.ts';

type Measure = Page['cellsOf'];

/** Untrusted text as one line of a terminal. */
export const flat = (text: string): string => clean(text).replaceAll(/\s+/g, ' ').trim();

/** Text in at most so many cells; what is longer ends in `…`. */
export function cut(text: string, width: number, cellsOf: Measure): string {
  // What is much too long is not measured as a whole.
  const near = text.length > 20 * width + 100 ? text.slice(0, 20 * width + 100) : text;
  if (near === text && cellsOf(text) <= width) return text;
  let kept = '';
  let used = 1;
  for (const { segment } of SEGMENTS.segment(near)) {
    used += cellsOf(segment);
    if (used > width) break;
    kept += segment;
  }
  return width > 0 ? `${kept.trimEnd()}…` : '';
}

const SEGMENTS = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Text in exactly so many cells, filled up at its end. */
export function cell(text: string, width: number, { cellsOf, fill = ' ' }: Filling): string {
  const kept = cut(text, width, cellsOf);
  return kept + fill.repeat(Math.max(0, width - cellsOf(kept)));
}

export interface Filling {
  readonly cellsOf: Measure;
  readonly fill?: string;
}

/** Text as lines of at most so many cells, broken at spaces; longer words are cut into pieces. */
export function wrap(text: string, width: number, cellsOf: Measure): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ').flatMap((each) => pieces(each, width, cellsOf))) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (cellsOf(longer) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return [...lines, line];
}

function pieces(word: string, width: number, cellsOf: Measure): readonly string[] {
  if (cellsOf(word) <= width) return [word];
  const all: string[] = [];
  let last = '';
  for (const { segment } of SEGMENTS.segment(word)) {
    if (cellsOf(last + segment) > width) {
      all.push(last);
      last = '';
    }
    last += segment;
  }
  return [...all, last];
}

/** Rows as lines that fit: the widest columns give way first, and their text is wrapped, words being cut last. */
export function table(rows: readonly (readonly string[])[], { width, cellsOf }: Page): readonly string[] {
  const columns = (rows[0] ?? []).map((_, at) => rows.map((row) => row[at] ?? ''));
  const widths = squeezed({
    natural: columns.map((texts) => Math.max(...texts.map((text) => cellsOf(text)))),
    least: columns.map((texts) => leastOf(texts, cellsOf)),
    room: width - GAP.length * (columns.length - 1),
  });
  return rows.flatMap((row) => {
    const wrapped = widths.map((each, at) => wrap(row[at] ?? '', each, cellsOf));
    const height = Math.max(...wrapped.map((lines) => lines.length));
    return Array.from({ length: height }, (_, line) =>
      wrapped
        .map((lines, at) => cell(lines[line] ?? '', widths[at] ?? 0, { cellsOf }))
        .join(GAP)
        .trimEnd(),
    );
  });
}

const GAP = '  ';
const LEAST = 4;
/** Longer words, such as paths, may be cut. */
const MOST_WHOLE = 10;

/** What the column's words need. */
function leastOf(texts: readonly string[], cellsOf: Measure): number {
  const words = texts.flatMap((text) => text.split(' ').map((word) => cellsOf(word)));
  return Math.min(MOST_WHOLE, Math.max(LEAST, ...words));
}

interface Columns {
  readonly natural: readonly number[];
  readonly least: readonly number[];
  readonly room: number;
}

function squeezed({ natural, least, room }: Columns): readonly number[] {
  const widths = [...natural];
  const spare = (at: number): number => (widths[at] ?? 0) - (least[at] ?? 0);
  for (let over = sum(widths) - room; over > 0; over--) {
    const roomy = widths.map((each, at) => (spare(at) > 0 ? each : 0));
    const from = roomy.some((each) => each > 0) ? roomy : widths;
    const most = Math.max(...from);
    if (most <= LEAST) return widths;
    const widest = from.indexOf(most);
    widths[widest] = most - 1;
  }
  return widths;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);
