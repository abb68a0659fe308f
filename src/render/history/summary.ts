import type { Summary } from '../../domain/summary.ts';
import { TASK_ENDS, type TaskEnd } from '../../domain/task.ts';
import { percent } from '../overlaps.ts';
import { table } from '../plan/cells.ts';
import type { Page } from '../plan/view.ts';
import { count, FAILURE_WORDS, list, minutesText, roughText } from '../words.ts';

export const NOTHING_RECORDED =
  'Nothing is recorded yet: no task has been taken on. Put the label `parallel` on an issue, and look again.';

/** `heddle report`: what the server has done so far, from its own records. */
export function renderSummary(summary: Summary, page: Page): string {
  const { attempts } = summary;
  if (attempts.all === 0 && summary.runs.open + summary.runs.ended === 0) return NOTHING_RECORDED;
  const rows = [
    ['Repositories', `${summary.repositories}`],
    ['Runs', `${summary.runs.ended} ended, ${summary.runs.open} open`],
    ['Tasks', tasksText(summary)],
    ['Attempts', attemptsText(summary)],
    ['Success rate', rateText(summary)],
    ['Time of an attempt', timeText(summary)],
    ['Side by side', concurrencyText(summary)],
    ['Throughput', throughputText(summary)],
    ['Cost', costText(summary)],
    ['Foreseen paths', overlapText(summary)],
  ];
  return [...table(rows, page), ...failureLines(summary)].join('\n');
}

function tasksText({ tasks }: Summary): string {
  const ended = TASK_ENDS.flatMap((end: TaskEnd) => (tasks.ended[end] ? `${tasks.ended[end]} ${end}` : []));
  return [...ended, `${tasks.open} open`].join(', ');
}

function attemptsText({ attempts }: Summary): string {
  const { succeeded = 0, failed = 0, cancelled = 0, lost = 0, 'timed-out': late = 0 } = attempts.ended;
  const others = [
    [failed, 'failed'],
    [late, 'ran out of time'],
    [cancelled, 'cancelled'],
    [lost, 'lost with their worker'],
    [attempts.underWay, 'under way'],
  ] as const;
  const parts = others.flatMap(([number, words]) => (number > 0 ? `${number} ${words}` : []));
  return [`${attempts.all}: ${succeeded} succeeded`, ...parts].join(', ');
}

const rateText = ({ attempts }: Summary): string =>
  attempts.successRate === null
    ? 'nothing has come back yet'
    : `${percent(attempts.successRate)} (cancelled and lost ones do not count)`;

const timeText = ({ minutes }: Summary): string =>
  minutes === null
    ? 'nothing has succeeded yet'
    : `${minutesText(minutes.mean)} on average, half within ${minutesText(minutes.p50)}, nine of ten within ${minutesText(minutes.p90)}`;

const concurrencyText = ({ concurrency, busyMinutes }: Summary): string =>
  concurrency === null
    ? 'nothing has come back yet'
    : `${concurrency.toFixed(2)} attempts at once on average, in ${minutesText(busyMinutes)} with work`;

const throughputText = ({ landedAnHour }: Summary): string =>
  landedAnHour === null
    ? 'nothing has come back yet'
    : `${roughText(landedAnHour)} landed tasks for every hour with work`;

function costText({ cost }: Summary): string {
  if (cost === null) return 'unknown: no agent has told it';
  const tokens = `${cost.inputTokens} tokens in, ${cost.outputTokens} out`;
  return `$${cost.usd.toFixed(2)}, ${tokens}, as told by ${count(cost.attempts, 'attempt')}`;
}

function overlapText({ overlap }: Summary): string {
  const { predicted, hits, real, found } = overlap.foreseen;
  if (predicted === 0) return 'nothing to compare yet';
  const recall =
    real === 0 ? '' : `; ${found} of ${real} changed files foreseen (recall ${percent(found / real)})`;
  return `${hits} of ${predicted} keys came true (precision ${percent(hits / predicted)})${recall}`;
}

function failureLines({ failures }: Summary): readonly string[] {
  if (failures.length === 0) return [];
  const words: Readonly<Record<string, string>> = FAILURE_WORDS;
  const parts = failures.map(({ kind, count: number }) => `${number} × ${words[kind] ?? kind}`);
  return ['', `Why attempts failed: ${list(parts)}.`];
}
