import type { ScheduledTask } from '../../domain/plan.ts';
import { minutesText } from '../words.ts';
import { cut, flat } from './cells.ts';
import { type Lane, lanesOf } from './lanes.ts';
import { atText, idText, nameText, numberText, pathText, tasksById } from './names.ts';
import { summaryText } from './summary.ts';
import { SVG_STYLE } from './svg-style.ts';
import { LEAST_MINUTES, ticks } from './ticks.ts';
import type { Page, PlanView } from './view.ts';
import { waitingText } from './waiting.ts';

const MOST_LANES = 200;

/** Pixels. */
const WIDTH = 960;
const [LEFT, RIGHT, TOP, ROW, BAR, LETTER] = [120, 24, 84, 30, 22, 7];

/**
 * A Gantt chart that stands for itself: no script, no font, nothing fetched; light and dark by the reader's own choice;
 * with a title, a description and a tip on every bar. Tasks of less than a pixel are drawn together. `hint`: what to do
 * about a gap.
 */
export function planSvg(view: PlanView, cellsOf: Page['cellsOf'], hint?: string): string {
  const { plan } = view;
  const { lanes, hiddenWorkers } = lanesOf(plan.schedule, MOST_LANES);
  const scale = plan.makespan >= LEAST_MINUTES ? (WIDTH - LEFT - RIGHT) / plan.makespan : 0;
  const chart: Chart = { cellsOf, scale, bottom: TOP + lanes.length * ROW, ...wordsOf(view) };
  const height = chart.bottom + 52;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" role="img" aria-labelledby="plan-title plan-desc">`,
    ...headLines(view, hint),
    ...grid(plan.makespan, chart),
    ...lanes.flatMap((lane, index) => laneParts(lane, TOP + index * ROW, chart)),
    ...legend(chart, hiddenWorkers),
    '</svg>',
    '',
  ].join('\n');
}

interface Chart {
  readonly cellsOf: Page['cellsOf'];
  /** Pixels for a minute. */
  readonly scale: number;
  readonly bottom: number;
  readonly critical: ReadonlySet<string>;
  readonly nameOf: (id: string) => string;
  readonly waitOf: (entry: ScheduledTask) => string;
}

function wordsOf(view: PlanView): Pick<Chart, 'critical' | 'nameOf' | 'waitOf'> {
  const tasks = tasksById(view);
  const waits = new Map(view.waits.map((wait) => [wait.id, wait]));
  return {
    critical: new Set(view.plan.criticalPath),
    nameOf: (id) => nameText(id, tasks.get(id)),
    waitOf: (entry) => (waits.has(entry.id) ? `, waits: ${waitingText(waits.get(entry.id), entry)}` : ''),
  };
}

function headLines(view: PlanView, hint?: string): readonly string[] {
  const [length = '', quality = ''] = summaryText(view, hint);
  const { criticalPath } = view.plan;
  const path = criticalPath.length === 0 ? '' : ` Critical path: ${pathText(criticalPath)}.`;
  return [
    `<title id="plan-title">${xml(length)}</title>`,
    `<desc id="plan-desc">${xml(`A row for each worker, a bar for each task, time from left to right. ${quality}${path}`)}</desc>`,
    `<style>${SVG_STYLE}</style>`,
    '<rect class="page" width="100%" height="100%"/>',
    `<text class="strong" x="16" y="28">${xml(length)}</text>`,
    `<text class="faint" x="16" y="50">${xml(quality)}</text>`,
  ];
}

const xOf = (minutes: number, { scale }: Chart): number => pixel(LEFT + minutes * scale);
const pixel = (number: number): number => Math.round(number * 100) / 100;

function grid(end: number, chart: Chart): readonly string[] {
  return ticks(end, 8).flatMap((time) => {
    const x = xOf(time, chart);
    return [
      `<line class="grid" x1="${x}" y1="${TOP - 6}" x2="${x}" y2="${chart.bottom}"/>`,
      `<text class="faint" x="${x}" y="${TOP - 12}" text-anchor="${time === 0 ? 'start' : 'middle'}">${atText(time)}</text>`,
    ];
  });
}

function laneParts({ worker, bars }: Lane, y: number, chart: Chart): readonly string[] {
  const name = cut(flat(worker), Math.floor((LEFT - 28) / LETTER), chart.cellsOf);
  const parts = [`<text x="16" y="${y + 19}">${xml(name)}</text>`];
  const crowds: Crowd[] = [];
  for (const bar of bars) {
    const [x, end] = [xOf(bar.start, chart), xOf(bar.end, chart)];
    if (end - x >= 1) parts.push(barPart(bar, y, chart));
    else crowd(crowds, { x, end, count: 1, name: chart.nameOf(bar.id) });
  }
  return [...parts, ...crowds.map((each) => crowdPart(each, y))];
}

function crowd(crowds: Crowd[], next: Crowd): void {
  const last = crowds.at(-1);
  if (last !== undefined && next.x - last.end < 1)
    crowds[crowds.length - 1] = { ...last, end: next.end, count: last.count + 1 };
  else crowds.push(next);
}

/** Tasks side by side that are too short to be seen one by one. */
interface Crowd {
  readonly x: number;
  readonly end: number;
  readonly count: number;
  readonly name: string;
}

function crowdPart({ x, end, count, name }: Crowd, y: number): string {
  const width = pixel(Math.max(1, end - x));
  const text = count === 1 ? name : `${numberText(count)} short tasks`;
  return `<g><title>${xml(text)}</title><rect class="crowd" x="${x}" y="${y + 4}" width="${width}" height="${BAR}"/></g>`;
}

function barPart(bar: ScheduledTask, y: number, chart: Chart): string {
  const x = xOf(bar.start, chart);
  const width = pixel(xOf(bar.end, chart) - x);
  const tip = `${chart.nameOf(bar.id)}: ${atText(bar.start)} to ${minutesText(bar.end)} on ${idText(bar.worker)}${chart.waitOf(bar)}`;
  const letters = Math.floor((width - 10) / LETTER);
  const label = letters < 2 ? '' : cut(chart.nameOf(bar.id), letters, chart.cellsOf);
  const look = chart.critical.has(bar.id) ? 'bar critical' : 'bar';
  const text = label === '' ? '' : `<text x="${pixel(x + 6)}" y="${y + 19}">${xml(label)}</text>`;
  return `<g><title>${xml(tip)}</title><rect class="${look}" x="${x}" y="${y + 4}" width="${width}" height="${BAR}" rx="3"/>${text}</g>`;
}

function legend({ bottom }: Chart, hiddenWorkers: number): readonly string[] {
  const y = bottom + 18;
  const more = hiddenWorkers > 0 ? `; ${numberText(hiddenWorkers)} more workers are not shown` : '';
  return [
    `<rect class="bar critical" x="${LEFT}" y="${y}" width="16" height="14" rx="3"/>`,
    `<text class="faint" x="${LEFT + 24}" y="${y + 12}">on the critical path${more}</text>`,
  ];
}

const xml = (text: string): string =>
  flat(text).replaceAll(/[&<>"']/g, (each) => `&#${each.codePointAt(0)};`);
