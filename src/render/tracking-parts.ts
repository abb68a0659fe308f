import { evidenceLine } from './evidence.ts';
import { bullets, details } from './fit.ts';
import { mention } from './text.ts';
import type { CycleView, TaskRow, TrackingView } from './tracking-view.ts';
import { count, cyclePath, type Home, issueList, minutesText, timeText } from './words.ts';

/** `5 of 8 landed, 2 running, 1 waits for @alice.` */
export function summaryLine(view: TrackingView): string {
  const { rows } = view;
  if (rows.length === 0) return '**Nothing to do yet.** Put the label `parallel` on an issue to start.';
  const landed = rows.filter((row) => row.status.state === 'landed').length;
  return `**${[`${landed} of ${rows.length} landed`, ...groupsOf(rows)].join(', ')}.**`;
}

function groupsOf(rows: readonly TaskRow[]): readonly string[] {
  const states = new Map<string, number>();
  for (const row of rows) {
    const words = groupOf(row);
    if (words !== '') states.set(words, (states.get(words) ?? 0) + 1);
  }
  const order = (words: string): number => GROUP_ORDER.findIndex((start) => words.startsWith(start));
  return [...states]
    .sort(([a], [b]) => order(a) - order(b))
    .slice(0, 12)
    .map(([words, number]) => `${number} ${number === 1 ? words : words.replace(/^waits\b/, 'wait')}`);
}

const GROUP_ORDER = [
  'running',
  'in review',
  'landing',
  'ready',
  'waits for @',
  'waits',
  'blocked',
  'failed',
  'skipped',
  'cancelled',
  'taken',
];

function groupOf({ status }: TaskRow): string {
  switch (status.state) {
    case 'landed':
      return '';
    case 'needs-human':
      return `waits for ${mention(status.need.who)}`;
    case 'waiting':
      return WAITING_GROUP[status.reason.kind] ?? 'waits';
    case 'review':
      return 'in review';
    case 'withdrawn':
      return 'taken out';
    default:
      return status.state;
  }
}

const WAITING_GROUP: Readonly<Record<string, string>> = {
  blocked: 'blocked',
  cycle: 'blocked by a circle',
  approval: 'waits for approval',
  edited: 'waits for approval',
};

/** What can run together, as planned. */
export function batchesText(view: TrackingView, max = 40): string {
  if (view.batches.length === 0 || view.ended) return '';
  const shown = view.batches.slice(0, max).map((batch, index) => `${index + 1}. ${issueList(batch, 60)}`);
  const rest = view.batches.length - shown.length;
  const lines = rest > 0 ? [...shown, `… and ${count(rest, 'more batch', 'more batches')}`] : shown;
  return `### Batches\n\nWhat can run together, in this order. A task starts as soon as its own blockers have landed; it does not wait for its batch.\n\n${lines.join('\n')}`;
}

/** Expected and measured times, each only where it is known. */
export function timesText(view: TrackingView): string {
  const { wallMinutes, sumMinutes } = view.measured;
  const lines = [
    expectedText(view),
    doneText(view.done),
    measuredText({ wall: wallMinutes, sum: sumMinutes, landed: anyLanded(view.rows) }),
  ];
  const known = lines.filter((line) => line !== '');
  return known.length === 0 ? '' : `### Times\n\n${known.map((line) => `- ${line}`).join('\n')}`;
}

/** `expected: 40 min side by side, 1 h 20 min one after another`, or nothing without a history to estimate from. */
export function expectedText(
  plan: Pick<TrackingView, 'expectedMinutes' | 'sequentialMinutes' | 'expectedSpan'>,
): string {
  if (plan.expectedMinutes === null) return '';
  const alone =
    plan.sequentialMinutes === null ? '' : `, ${minutesText(plan.sequentialMinutes)} one after another`;
  return `expected: ${minutesText(plan.expectedMinutes)} side by side${spanText(plan.expectedSpan)}${alone} (an estimate from earlier tasks)`;
}

/** What a mean alone hides; nothing where both ends read the same. */
function spanText(span: TrackingView['expectedSpan']): string {
  if (!span || minutesText(span.p50) === minutesText(span.p90)) return '';
  return ` (as likely less as more than ${minutesText(span.p50)}, nine times in ten less than ${minutesText(span.p90)})`;
}

/** When agents will be done; how long people take to review and merge, nobody knows. */
function doneText(done: TrackingView['done']): string {
  if (done === null) return '';
  const [even, most] = [minuteText(done.even), minuteText(done.nineInTen)];
  const late = most === even ? '' : `, nine times in ten by ${most}`;
  return `agents are done at about ${even}${late} (an estimate from earlier tasks; reviews and merges come on top)`;
}

/** `2030-01-02 03:05 UTC`; a begun minute counts. */
const minuteText = (at: number): string =>
  timeText(Math.ceil(at / 60_000) * 60_000).replace(/:00 UTC$/, ' UTC');

/** Measured times; the speed-up only where something has landed and both times are known. */
export function measuredText(given: { wall: number | null; sum: number | null; landed: boolean }): string {
  const { wall, sum, landed } = given;
  if (wall === null) return '';
  if (sum === null || sum <= 0 || wall <= 0 || !landed) return `measured: ${minutesText(wall)} so far`;
  return `measured: ${minutesText(wall)} on the clock for ${minutesText(sum)} of work, ${speedText(sum / wall)}`;
}

/** Quick agents are soon done; then the clock shows what the run waited for. */
function speedText(speedup: number): string {
  const waited = speedup < 1 ? ': most of the time went by in pauses, reviews and merges' : '';
  return `**${speedup.toFixed(speedup < 0.1 ? 3 : 1)}× as fast** as one after another${waited}`;
}

export const anyLanded = (rows: readonly TaskRow[]): boolean =>
  rows.some((row) => row.status.state === 'landed');

/** Every circle with its path and with what says so, step by step. */
export function cyclesText(view: Pick<TrackingView, 'cycles' | 'repository'>, max = 8): string {
  if (view.cycles.length === 0) return '';
  const shown = view.cycles.slice(0, max).map((cycle) => cycleText(cycle, view.repository, max * 2));
  const rest = view.cycles.length - shown.length;
  const more = rest > 0 ? [`… and ${count(rest, 'more circle')}.`] : [];
  return [
    '### Problems',
    'These issues wait for each other in a circle, so none of them can start. Remove one of the dependencies named here, or comment `/parallel independent-of #N` on the issue that is not to wait; the other tasks go on.',
    ...shown,
    ...more,
  ].join('\n\n');
}

function cycleText(cycle: CycleView, home: Home, max: number): string {
  const steps = cycle.evidence.slice(0, max).map((dependency) => `  - ${evidenceLine(dependency, home)}`);
  const rest = cycle.evidence.length - steps.length;
  const more = rest > 0 ? [`  - … and ${rest} more`] : [];
  return [`- 🔁 **${cyclePath(cycle.path)}**`, ...steps, ...more].join('\n');
}

export function evidenceDetails(view: Pick<TrackingView, 'dependencies' | 'repository'>): string {
  const { dependencies, repository } = view;
  const summary = `Why tasks wait for each other (${count(dependencies.length, 'dependency', 'dependencies')})`;
  return details(
    summary,
    bullets(dependencies, MAX_EVIDENCE, (each) => evidenceLine(each, repository)),
  );
}

/** More can't fit into one text. */
const MAX_EVIDENCE = 800;
