import stringWidth from 'string-width';
import { describe, expect, test } from 'vitest';
import type { AttemptRecord } from '../../src/domain/record.ts';
import { renderCalibration } from '../../src/render/history/calibration.ts';
import { PLAIN } from '../../src/render/plan/view.ts';
import { calibrate } from '../../src/telemetry/calibration.ts';
import { aRecord } from './records.ts';

const PAGE = { width: 120, cellsOf: stringWidth, style: PLAIN };

/** Attempts that take these multiples of what was predicted: p50 10, p90 20 minutes. */
const multiples = (factors: readonly number[], given: Partial<AttemptRecord> = {}): AttemptRecord[] =>
  factors.map((factor) => aRecord({ minutes: 10 * factor, ...given }));

const verdictOf = (factors: readonly number[]) => calibrate(multiples(factors)).groups[0]?.verdict;
const times = (count: number, factor: number): readonly number[] => Array(count).fill(factor);

describe('calibration', () => {
  test('compares what was predicted with what came, and knows the geometric bias', () => {
    const made = calibrate(multiples([0.5, 0.5, 1, 1.5, 8]));
    expect(made).toMatchObject({ predicted: 5, unpredicted: 0 });
    expect(made.groups).toMatchObject([
      {
        by: 'all',
        count: 5,
        withinP50: 0.6,
        withinP90: 0.8,
        predictedMinutes: expect.closeTo(10),
        bias: expect.closeTo((0.5 * 0.5 * 1.5 * 8) ** 0.2),
        error: expect.closeTo((2 * 2 * 1.5 * 8) ** 0.2),
        verdict: 'few',
      },
    ]);
    expect(made.ratios.map(({ count }) => count)).toEqual([0, 0, 2, 2, 0, 1]);
  });

  test('says what is more than chance', () => {
    expect(verdictOf([...times(20, 0.9), ...times(16, 1.5), ...times(4, 3)])).toBe('right');
    expect(verdictOf(times(20, 1.5))).toBe('too-short');
    expect(verdictOf(times(20, 0.5))).toBe('too-long');
    expect(verdictOf([...times(20, 0.9), ...times(20, 3)])).toBe('too-narrow');
    expect(verdictOf([...times(60, 0.9), ...times(60, 1.5)])).toBe('too-wide');
    expect(verdictOf(times(9, 3))).toBe('few');
  });

  test('looks apart at purposes, providers and kinds where there are several', () => {
    const profile = { provider: 'codex', taskKind: 'bug-fix', complexity: 'medium', labels: [] } as const;
    const { groups } = calibrate([...multiples([1, 2]), ...multiples([3], { profile, purpose: 'review' })]);
    expect(groups.map(({ by, name, count }) => `${by} ${name} ${count}`)).toEqual([
      'all all 3',
      'purpose implement 2',
      'purpose review 1',
      'provider codex 1',
      'provider exec 2',
      'kind bug-fix 1',
      'kind feature 2',
    ]);
  });

  test('leaves out what failed early, what was not predicted, and what is not back', () => {
    const made = calibrate([
      ...multiples([1], { class: 'failed', failure: 'verify' }),
      ...multiples([1], { class: null }),
      ...multiples([1], { class: 'timed-out', failure: 'idle-timeout' }),
      ...multiples([1], { predicted: null }),
      ...multiples([3], { class: 'timed-out', failure: 'timeout' }),
    ]);
    expect(made).toMatchObject({ predicted: 1, unpredicted: 1, groups: [{ count: 1, withinP90: 0 }] });
  });

  test('is shown as a table with a plot and how to read it', () => {
    const some = [
      ...multiples([...times(6, 0.6), ...times(5, 1.2), 5]),
      ...multiples([1], { predicted: null }),
    ];
    expect(renderCalibration(calibrate(some), PAGE)).toMatchInlineSnapshot(`
      "Predicted against real
           Attempts  Predicted  Real        Within p50  Within p90  Bias   Off by  So
      all  12        10 min     9 min 33 s  50 %        92 %        ×0.96  ×1.6    as it should be

      Real time as a multiple of the predicted p50
        below 1/4  0
       1/4 to 1/2  0
         1/2 to 1  ██████████████████████████████████████████████████ 6
           1 to 2  ██████████████████████████████████████████ 5
           2 to 4  0
       4 and more  █████████ 1

      How to read it: half of the attempts should be within their predicted p50, nine of ten within their p90. Bias ×2 means
      that attempts take twice as long as predicted, ×0.5 half as long; “off by” counts both directions. The last column says
      what is more than chance (95 % confidence, at least ten attempts). Times are of agent and verify commands; an attempt
      that ran out of time counts as that long, one that failed early not at all.

      1 attempt came back without a prediction: there was no history yet."
    `);
  });

  test('fits a narrow terminal without cutting words, and writes large numbers as people do', () => {
    const lines = renderCalibration(calibrate(multiples([0.001])), { ...PAGE, width: 80 }).split('\n');
    expect(Math.max(...lines.map((line) => stringWidth(line)))).toBeLessThanOrEqual(80);
    expect(lines[1]).toMatch(/Attempts +Predicted +Real/);
    expect(lines.join('\n')).toMatch(/×0\.0010 +×1,000/);
  });

  test('says so where there is nothing to compare yet', () => {
    expect(renderCalibration(calibrate([]), PAGE)).toContain('no attempt has come back');
    const early = renderCalibration(calibrate(multiples([1, 2], { predicted: null })), PAGE);
    expect(early.replaceAll(/\s+/g, ' ')).toContain(
      '2 attempts came back, but they were decided before there was a history',
    );
  });
});
