import type { AttemptRecord, Records } from '../domain/record.ts';
import type { Summary } from '../domain/summary.ts';
import { mean, quantile, sum } from './statistics.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

/** What a store's records come to. */
export function summarise(records: Records): Summary {
  const { runs, tasks, attempts } = records;
  const open = runs.filter(({ endedAt }) => endedAt === null).length;
  const ended = counted(tasks.flatMap(({ end }) => end ?? []));
  const classes = counted(attempts.flatMap((attempt) => attempt.class ?? []));
  const times = attempts.filter((attempt) => attempt.class === 'succeeded').map(({ minutes }) => minutes);
  const { worked, busy } = clockTimes(attempts);
  return {
    repositories: records.repositories,
    runs: { open, ended: runs.length - open },
    tasks: { open: tasks.filter(({ end }) => end === null).length, ended },
    attempts: {
      all: attempts.length,
      underWay: attempts.filter((attempt) => attempt.class === null).length,
      ended: classes,
      successRate: successRate(classes),
    },
    minutes:
      times.length === 0 ? null : { mean: mean(times), p50: quantile(times, 0.5), p90: quantile(times, 0.9) },
    concurrency: busy > 0 ? worked / busy : null,
    landedAnHour: busy > 0 ? (ended.landed ?? 0) / (busy / HOUR_MS) : null,
    busyMinutes: busy / MINUTE_MS,
    failures: failuresOf(attempts),
    cost: costOf(attempts),
    overlap: records.overlap,
  };
}

function counted<Name extends string>(names: readonly Name[]): Partial<Record<Name, number>> {
  const counts: Partial<Record<Name, number>> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function successRate(ended: Summary['attempts']['ended']): number | null {
  const good = ended.succeeded ?? 0;
  const all = good + (ended.failed ?? 0) + (ended['timed-out'] ?? 0);
  return all === 0 ? null : good / all;
}

/** Milliseconds of all attempts that came back, and of the time in which at least one of them ran. */
function clockTimes(attempts: readonly AttemptRecord[]): { worked: number; busy: number } {
  const spans = attempts
    .flatMap(({ startedAt: from, finishedAt: to }) =>
      from === null || to === null || to <= from ? [] : [{ from, to }],
    )
    .toSorted((a, b) => a.from - b.from);
  let busy = 0;
  let until = Number.NEGATIVE_INFINITY;
  for (const { from, to } of spans) {
    busy += Math.max(0, to - Math.max(from, until));
    until = Math.max(until, to);
  }
  return { worked: sum(spans.map(({ from, to }) => to - from)), busy };
}

function failuresOf(attempts: readonly AttemptRecord[]): Summary['failures'] {
  const counts = counted(
    attempts.flatMap((attempt) =>
      attempt.class === 'failed' || attempt.class === 'timed-out' ? (attempt.failure ?? 'unknown') : [],
    ),
  );
  return Object.entries(counts)
    .map(([kind, count]) => ({ kind, count: count ?? 0 }))
    .toSorted((a, b) => b.count - a.count || (a.kind < b.kind ? -1 : 1));
}

function costOf(attempts: readonly AttemptRecord[]): Summary['cost'] {
  const told = attempts
    .map(({ usage }) => usage)
    .filter(({ usd, inputTokens, outputTokens }) => usd + inputTokens + outputTokens > 0);
  if (told.length === 0) return null;
  return {
    usd: sum(told.map(({ usd }) => usd)),
    inputTokens: sum(told.map(({ inputTokens }) => inputTokens)),
    outputTokens: sum(told.map(({ outputTokens }) => outputTokens)),
    attempts: told.length,
  };
}
