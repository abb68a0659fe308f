import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import { renderSummary } from '../../src/render/history/summary.ts';
import { PLAIN } from '../../src/render/plan/view.ts';
import { quantile, shareRange } from '../../src/telemetry/statistics.ts';
import { summarise } from '../../src/telemetry/summary.ts';
import { aRecord, MINUTE, recordsOf } from './records.ts';

const PAGE = { width: 120, cellsOf: stringWidth, style: PLAIN };

const BUSY = recordsOf(
  [
    aRecord({ startedAt: 0, finishedAt: 20 * MINUTE, minutes: 18 }),
    aRecord({ startedAt: 10 * MINUTE, finishedAt: 30 * MINUTE, minutes: 20 }),
    aRecord({ startedAt: 60 * MINUTE, finishedAt: 90 * MINUTE, class: 'failed', failure: 'verify' }),
    aRecord({ startedAt: null, finishedAt: 91 * MINUTE, class: 'cancelled', minutes: 0 }),
    aRecord({
      class: 'timed-out',
      failure: 'timeout',
      startedAt: null,
      usage: { inputTokens: 7, outputTokens: 2, usd: 0.25 },
    }),
    aRecord({ class: null, finishedAt: null }),
  ],
  {
    runs: [
      { openedAt: 0, endedAt: 1 },
      { openedAt: 2, endedAt: null },
    ],
    tasks: [{ end: 'landed' }, { end: 'landed' }, { end: null }],
  },
);

describe('the summary of records', () => {
  test('counts what ended how, and measures only what came back', () => {
    expect(summarise(BUSY)).toMatchObject({
      runs: { open: 1, ended: 1 },
      tasks: { open: 1, ended: { landed: 2 } },
      attempts: { all: 6, underWay: 1, ended: { succeeded: 2, failed: 1, cancelled: 1 }, successRate: 0.5 },
      minutes: { mean: 19, p50: 19, p90: expect.closeTo(19.8) },
      failures: [
        { kind: 'timeout', count: 1 },
        { kind: 'verify', count: 1 },
      ],
      cost: { usd: 0.25, inputTokens: 7, outputTokens: 2, attempts: 1 },
    });
  });

  test('counts time with work once, however many worked', () => {
    // 0 to 30 and 60 to 90 minutes, with 20 + 20 + 30 minutes of attempts, and two landed tasks.
    expect(summarise(BUSY)).toMatchObject({
      busyMinutes: 60,
      concurrency: expect.closeTo(70 / 60),
      landedAnHour: expect.closeTo(2),
    });
  });

  test('is shown in words', () => {
    expect(renderSummary(summarise(BUSY), PAGE)).toMatchInlineSnapshot(`
      "Repositories        1
      Runs                1 ended, 1 open
      Tasks               2 landed, 1 open
      Attempts            6: 2 succeeded, 1 failed, 1 ran out of time, 1 cancelled, 1 under way
      Success rate        50 % (cancelled and lost ones do not count)
      Time of an attempt  19 min on average, half within 19 min, nine of ten within 19 min 48 s
      Side by side        1.17 attempts at once on average, in 1 h with work
      Throughput          2.0 landed tasks for every hour with work
      Cost                $0.25, 7 tokens in, 2 out, as told by 1 attempt
      Foreseen paths      nothing to compare yet

      Why attempts failed: 1 × the agent ran out of time and 1 × the verify commands failed."
    `);
  });

  test('says so where nothing is recorded or known yet', () => {
    const empty = summarise(recordsOf([], { repositories: 0 }));
    expect(renderSummary(empty, PAGE)).toContain('Nothing is recorded yet');
    const begun = renderSummary(summarise(recordsOf([aRecord({ class: null, finishedAt: null })])), PAGE);
    expect(begun).toContain('nothing has come back yet');
    expect(begun).not.toMatch(/NaN|Infinity|undefined|null/);
  });
});

test('quantiles and the range of a share are those of the books', () => {
  expect([0, 0.5, 0.9, 1].map((share) => quantile([4, 1, 3, 2], share))).toEqual([1, 2.5, 3.7, 4]);
  expect(quantile([], 0.5)).toBeNaN();
  // Newcombe 1998, table I: 81 of 263.
  expect(shareRange(81, 263)).toEqual({ from: expect.closeTo(0.2553, 4), to: expect.closeTo(0.3662, 4) });
  expect(shareRange(0, 20)).toEqual({ from: 0, to: expect.closeTo(0.1611, 4) });
});
