import type { ScheduledTask } from '../../domain/plan.ts';
import { minutesText } from '../words.ts';
import { cell, flat } from './cells.ts';
import { type Lane, lanesOf } from './lanes.ts';
import { atText, idText, numberText } from './names.ts';
import { LEAST_MINUTES, ticks } from './ticks.ts';
import type { Page, PlanView } from './view.ts';

const MOST_LANES = 24;
const MOST_LABEL = 14;

/**
 * A row for each slot of a worker, as wide as the page. Where most tasks are too short to be drawn one by one, it shows
 * how busy each slot is at each time instead.
 */
export function ganttLines({ plan }: PlanView, page: Page): readonly string[] {
  const { lanes, hiddenWorkers } = lanesOf(plan.schedule, MOST_LANES);
  if (plan.makespan < LEAST_MINUTES) return [];
  const label = Math.min(MOST_LABEL, Math.max(...lanes.map(({ worker }) => page.cellsOf(flat(worker)))));
  const cells = Math.max(10, page.width - label - 1);
  const chart: Chart = { page, cells, scale: cells / plan.makespan, critical: new Set(plan.criticalPath) };
  const draw = isCrowded(lanes, chart) ? loadLine : laneLine;
  const rows = lanes.map((lane) => `${cell(flat(lane.worker), label, page)} ${draw(lane, chart)}`.trimEnd());
  const hidden =
    hiddenWorkers > 0 ? [page.style.faint(`… and ${numberText(hiddenWorkers)} more workers`)] : [];
  return [...rows, page.style.faint(`${' '.repeat(label)} ${axis(plan.makespan, chart)}`), ...hidden];
}

interface Chart {
  readonly page: Page;
  readonly cells: number;
  /** Cells for a minute. */
  readonly scale: number;
  readonly critical: ReadonlySet<string>;
}

function isCrowded(lanes: readonly Lane[], chart: Chart): boolean {
  const bars = lanes.flatMap((lane) => lane.bars);
  return bars.filter((bar) => widthOf(bar, chart) < 3).length * 2 > bars.length;
}

const SHADES = [' ', '░', '▒', '▓', '█'];

/** The share of each cell's time in which something runs. */
function loadLine({ bars }: Lane, { cells, scale }: Chart): string {
  const load = new Float64Array(cells);
  for (const { start, end } of bars) {
    const [first, last] = [start * scale, Math.min(cells, end * scale)];
    for (let at = Math.floor(first); at < last; at++)
      load[at] = (load[at] ?? 0) + Math.min(at + 1, last) - Math.max(at, first);
  }
  // Rounded up: what runs at all is seen.
  return Array.from(load, (share) => SHADES[Math.min(4, Math.ceil(share * 4 - 1e-6))] ?? ' ').join('');
}

function laneLine({ bars }: Lane, chart: Chart): string {
  const small = new Set(bars.flatMap((bar) => (widthOf(bar, chart) === 0 ? [from(bar, chart)] : [])));
  let line = '';
  let at = 0;
  for (const bar of bars) {
    const width = widthOf(bar, chart);
    if (width === 0) continue;
    line += gap(at, from(bar, chart), small) + barText(bar, width, chart);
    at = from(bar, chart) + width;
  }
  return line + gap(at, chart.cells, small);
}

const from = ({ start }: ScheduledTask, { scale, cells }: Chart): number =>
  Math.min(cells - 1, Math.round(start * scale));
const widthOf = ({ start, end }: ScheduledTask, { scale }: Chart): number =>
  Math.round(end * scale) - Math.round(start * scale);

const gap = (start: number, end: number, small: ReadonlySet<number>): string =>
  Array.from({ length: Math.max(0, end - start) }, (_, index) => (small.has(start + index) ? '■' : ' ')).join(
    '',
  );

function barText({ id }: ScheduledTask, width: number, { page, critical }: Chart): string {
  const isCritical = critical.has(id);
  const fill = isCritical ? '━' : '─';
  const name = idText(id);
  const isNamed = width >= 8 || page.cellsOf(name) <= width - 2;
  const inside = cell(isNamed ? name : '', width - 2, { cellsOf: page.cellsOf, fill });
  const text = width === 1 ? '■' : `[${inside}]`;
  return isCritical ? page.style.critical(text) : text;
}

/** Cells that a time and the space around it take. */
const TICK = 12;

function axis(end: number, { cells, scale, page }: Chart): string {
  const last = minutesText(end);
  let line = '';
  for (const time of ticks(end, Math.floor(cells / TICK))) {
    const at = Math.round(time * scale);
    const text = `|${atText(time)}`;
    if (at < page.cellsOf(line) || at + text.length + last.length + 2 > cells) continue;
    line = `${line.padEnd(at)}${text}`;
  }
  return `${line.padEnd(cells - last.length - 1)}${last}|`;
}
