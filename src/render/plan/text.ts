import { minutesText } from '../words.ts';
import { cut, flat, table, wrap } from './cells.ts';
import { ganttLines } from './gantt.ts';
import { atText, idList, nameText, numberText, pathText, tasksById } from './names.ts';
import { summaryText } from './summary.ts';
import type { Page, PlanView } from './view.ts';
import { waitingCounts, waitingText } from './waiting.ts';

/** More rows than this nobody reads; the rest is counted. */
const MOST_ROWS = 40;
/** Cells. */
const MOST_WORKER = 16;
const MOST_BATCHES = 8;

/** A plan for people: how long and how good, who does what when and why it waits, a chart, critical path, batches. */
export function renderPlan(view: PlanView, page: Page): string {
  const { plan } = view;
  if (plan.order.length === 0) return 'No tasks: there is nothing to plan.';
  const title = 'Batches, which could run together:';
  return apart([...planSections(view, page), batchLines(plan.batches, { title, page })]);
}

/** All that is told of a plan but its batches: sections, each as its lines. `hint`: what to do about a gap. */
export function planSections(view: PlanView, page: Page, hint?: string): readonly (readonly string[])[] {
  const { plan } = view;
  return [
    summaryText(view, hint).flatMap((line) => wrap(line, page.width, page.cellsOf)),
    taskTable(view, page),
    ganttLines(view, page),
    told('Critical path', `${pathText(plan.criticalPath)} (${minutesText(pathMinutes(view))})`, page),
  ];
}

/** Sections with a line between them; empty ones are left out. */
export const apart = (sections: readonly (readonly string[])[]): string =>
  sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');

function taskTable(view: PlanView, page: Page): readonly string[] {
  const { plan, waits } = view;
  const tasks = tasksById(view);
  const waitOf = new Map(waits.map((wait) => [wait.id, wait]));
  const shown = plan.schedule.slice(0, MOST_ROWS);
  const rows = shown.map((entry) => [
    atText(entry.start),
    nameText(entry.id, tasks.get(entry.id)),
    minutesText(entry.end - entry.start),
    cut(flat(entry.worker), MOST_WORKER, page.cellsOf),
    waitingText(waitOf.get(entry.id), entry),
  ]);
  const [head = '', ...lines] = table([['Start', 'Task', 'Takes', 'Worker', 'Waits for'], ...rows], page);
  const rest = plan.schedule.length - shown.length;
  if (rest === 0) return [page.style.faint(head), ...lines];
  const counts = waitingCounts(plan.order.length, waits);
  const more = `… and ${numberText(rest)} more; --json has them all.`;
  return [
    page.style.faint(head),
    ...lines,
    page.style.faint(more),
    ...wrap(counts, page.width, page.cellsOf),
  ];
}

function told(title: string, text: string, { width, cellsOf, style }: Page): readonly string[] {
  return wrap(`${title}: ${text}`, width, cellsOf).map((line) =>
    line.startsWith(`${title}:`) ? `${style.strong(`${title}:`)}${line.slice(title.length + 1)}` : line,
  );
}

function pathMinutes({ plan }: PlanView): number {
  const path = new Set(plan.criticalPath);
  return plan.schedule.reduce((sum, { id, start, end }) => sum + (path.has(id) ? end - start : 0), 0);
}

/** What could run together. Nothing waits for a batch to end, so it has no times. */
export function batchLines(
  batches: readonly (readonly string[])[],
  { title, page }: { readonly title: string; readonly page: Page },
): readonly string[] {
  const shown = batches.slice(0, MOST_BATCHES);
  const lines = shown.flatMap((batch, index) => {
    const [first = '', ...more] = wrap(idList(batch, 8), page.width - 6, page.cellsOf);
    return [`${String(index + 1).padStart(4)}  ${first}`, ...more.map((line) => `      ${line}`)];
  });
  const rest = batches.length - shown.length;
  const left = rest > 0 ? [page.style.faint(`      … and ${numberText(rest)} more`)] : [];
  return [page.style.strong(title), ...lines, ...left];
}
