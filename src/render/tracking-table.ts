import { TASK_ENDS, type TaskStatus } from '../domain/task.ts';
import { isEnded, lookOf, nextStep, waitText } from './states.ts';
import { named } from './text.ts';
import type { TaskRow } from './tracking-view.ts';
import { attemptText, type Home, issueList, minutesText, rowTitle } from './words.ts';

/** The table of tasks: every row has the same seven cells, whatever titles hold. */
export function taskTable(rows: readonly TaskRow[], home: Home): string {
  return table(
    ['Issue', 'State', 'Attempt', 'Agent', 'Pull request', 'Time', 'Waits for what, and why'],
    rows.map((row) => cells(row, home)),
  );
}

/** A Markdown table. Cells are safe Markdown on one line. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (parts: readonly string[]): string => `| ${parts.map((part) => part || '–').join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** `✅ landed: #1, #2`: the tasks that have ended, in one line for each end. */
export function endedLine(rows: readonly TaskRow[]): string {
  const groups = new Map<TaskStatus['state'], TaskRow[]>();
  for (const row of rows.filter((each) => isEnded(each.status))) {
    groups.set(row.status.state, [...(groups.get(row.status.state) ?? []), row]);
  }
  return TASK_ENDS.flatMap((end) => groupLine(groups.get(end) ?? [])).join('\n');
}

function groupLine(rows: readonly TaskRow[]): readonly string[] {
  const first = rows[0];
  if (!first) return [];
  const { emoji, word } = lookOf(first.status);
  return [
    `${emoji} ${word} (${rows.length}): ${issueList(
      rows.map((row) => row.issue),
      400,
    )}`,
  ];
}

function cells(row: TaskRow, home: Home): readonly string[] {
  const { emoji, word } = lookOf(row.status);
  return [
    rowTitle(row),
    `${emoji} ${word}`,
    row.attempt ? attemptText(row.attempt) : '',
    row.agent === null ? '' : named(row.agent),
    row.pull === null ? '' : `#${row.pull}`,
    row.minutes === null ? '' : minutesText(row.minutes),
    [waitText(row.status, { home, requestedBy: row.requestedBy }), nextStep(row)]
      .filter((text) => text !== '')
      .join('. '),
  ];
}
