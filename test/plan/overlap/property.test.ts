import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  KEY_SOURCES,
  type KeyClue,
  type KeyClues,
  type OverlapLevel,
  type PredictedKey,
  type Score,
  type Scores,
} from '../../../src/domain/overlap.ts';
import { keysConflict } from '../../../src/plan/conflicts.ts';
import { calibrated, effectiveThreshold, PRIOR_STRENGTH } from '../../../src/plan/overlap/calibrate.ts';
import { forecast } from '../../../src/plan/overlap/forecast.ts';
import { KeyIndex } from '../../../src/plan/overlap/key-index.ts';
import { overlapsAmong } from '../../../src/plan/overlap/overlaps.ts';
import { replaced } from '../../../src/plan/overlap/scores.ts';

const GUESSES = KEY_SOURCES.filter((source) => source !== 'named');
const confidence = fc.double({ min: 0, max: 1, noNaN: true });
const clue: fc.Arbitrary<KeyClue> = fc.record({
  source: fc.constantFrom(...GUESSES),
  quote: fc.constantFrom('a', 'b'),
  via: fc.constantFrom(null, 'x.ts'),
  confidence,
});
const score: fc.Arbitrary<Score> = fc
  .record({ predicted: fc.nat(200), share: confidence, mean: confidence, real: fc.nat(50) })
  .map(({ predicted, share, mean, real }) => ({
    predicted,
    expected: Math.round(mean * predicted * 1e6),
    hits: Math.round(share * predicted),
    real,
    found: Math.min(real, predicted),
  }));
const scores: fc.Arbitrary<Scores> = fc
  .array(fc.tuple(fc.constantFrom(...KEY_SOURCES, 'held' as const), score), { maxLength: 6 })
  .map((entries) => new Map(entries));

const RANK: Readonly<Record<OverlapLevel, number>> = { ignore: 0, warn: 1, exclusive: 2 };
const thresholds = { exclusive: 0.8, warn: 0.4 };
const judged = (clues: readonly KeyClue[], learnt: Scores, given = thresholds): PredictedKey => {
  const [found] = forecast({ named: [], clues: [{ key: 'k', clues }], learnt, thresholds: given });
  if (!found) throw new Error('nothing predicted');
  return found;
};

describe('the confidence of a key', () => {
  test('is never lowered by more evidence, stays below certainty, and does not depend on its order', () => {
    fc.assert(
      fc.property(fc.array(clue, { minLength: 1, maxLength: 8 }), clue, scores, (clues, more, learnt) => {
        const [before, after] = [judged(clues, learnt), judged([...clues, more], learnt)];
        expect(after.confidence).toBeGreaterThanOrEqual(before.confidence - 1e-6);
        expect(before.confidence).toBeLessThanOrEqual(1);
        expect(judged(clues.toReversed(), learnt).confidence).toBeCloseTo(before.confidence, 5);
      }),
    );
  });

  test('reaches no more with higher thresholds', () => {
    const two = fc
      .tuple(confidence, confidence)
      .map(([a, b]) => ({ exclusive: Math.max(a, b), warn: Math.min(a, b) }));
    fc.assert(
      fc.property(fc.array(clue, { minLength: 1, maxLength: 5 }), two, confidence, (clues, low, more) => {
        const high = { exclusive: Math.min(1, low.exclusive + more), warn: Math.min(1, low.warn + more) };
        const level = (given: typeof low): number => RANK[judged(clues, new Map(), given).level];
        expect(level(high)).toBeLessThanOrEqual(level(low));
      }),
    );
  });
});

describe('what was learnt', () => {
  test('makes a source that is right more often worth more, a surer clue never worth less', () => {
    fc.assert(
      fc.property(fc.constantFrom(...GUESSES), score, confidence, confidence, (source, known, a, b) => {
        fc.pre(known.hits < known.predicted);
        const [worse, better] = [known, { ...known, hits: known.hits + 1 }].map(
          (each) => new Map([[source, each]]),
        );
        const worth = (at: number, learnt: Scores = new Map()): number => calibrated(source, at, learnt);
        expect(worth(a, better)).toBeGreaterThanOrEqual(worth(a, worse) - 1e-9);
        expect(worth(Math.max(a, b), worse)).toBeGreaterThanOrEqual(worth(Math.min(a, b), worse) - 1e-9);
      }),
    );
  });

  test('changes nothing where nothing was learnt, and nothing of what somebody named', () => {
    fc.assert(
      fc.property(confidence, scores, (at, learnt) => {
        expect(calibrated('named', at, learnt)).toBe(at);
        expect(calibrated('co-change', Math.min(at, 0.99), new Map())).toBe(Math.min(at, 0.99));
        const named = [{ key: 'a.ts', quote: 'a.ts' }];
        expect(forecast({ named, clues: [], learnt, thresholds })[0]?.level).toBe('exclusive');
      }),
    );
  });

  test('is the posterior mean of a Beta prior where all clues were equally sure', () => {
    const known = { predicted: 20, expected: 12_000_000, hits: 14, real: 0, found: 0 };
    const mean = (PRIOR_STRENGTH * 0.6 + 14) / (PRIOR_STRENGTH + 20);
    const learnt = new Map([['co-change', known]] as const);
    expect(calibrated('co-change', 0.6, learnt)).toBeCloseTo(mean);
    expect(calibrated('co-change', effectiveThreshold('co-change', 0.8, learnt), learnt)).toBeCloseTo(0.8);
  });

  test('never silences a source nor makes it certain', () => {
    const never = new Map([
      ['co-change', { predicted: 1e6, expected: 9e11, hits: 0, real: 0, found: 0 }],
    ] as const);
    const always = new Map([
      ['package', { predicted: 1e6, expected: 1e11, hits: 1e6, real: 0, found: 0 }],
    ] as const);
    expect(calibrated('co-change', 0.9, never)).toBeGreaterThan(0.5);
    expect(calibrated('package', 0.7, always)).toBe(0.75);
    expect(effectiveThreshold('package', 0.8, always)).toBe(Number.POSITIVE_INFINITY);
  });

  test('is the same in whatever order comparisons come, and however often', () => {
    fc.assert(
      fc.property(fc.array(scores, { maxLength: 6 }), (all) => {
        const sum = all.reduce<Scores>((sums, each) => replaced(sums, [], each), new Map());
        const other = all.toReversed().reduce<Scores>((sums, each) => {
          const once = replaced(sums, [], each);
          return replaced(once, [each], each);
        }, new Map());
        expect(sum).toEqual(other);
      }),
    );
  });
});

const key = fc
  .array(fc.constantFrom('a', 'b', 'c.ts', '*', '**', '*.ts'), { minLength: 1, maxLength: 4 })
  .map((segments) => segments.join('/'));

describe('where tasks meet', () => {
  test('is found without looking at every pair of keys', () => {
    fc.assert(
      fc.property(fc.array(key, { maxLength: 12 }), key, (keys, wanted) => {
        const index = new KeyIndex<number>();
        for (const [at, each] of keys.entries()) index.add(each, at);
        const found = [...index.conflicting(wanted)].map(({ holder }) => holder).sort((a, b) => a - b);
        expect(found).toEqual([...keys.keys()].filter((at) => keysConflict(keys[at] ?? '', wanted)));
      }),
      { numRuns: 300 },
    );
  });

  test('is the same in whatever order tasks come, and exclusive only where both hold their keys', () => {
    const tasks = fc.array(fc.array(fc.tuple(key, confidence), { maxLength: 3 }), { maxLength: 6 });
    fc.assert(
      fc.property(tasks, (drafts) => {
        const all = drafts.map(
          (keys, at) => [at + 1, keys.map(([name, sure]) => guess(name, sure))] as const,
        );
        const overlaps = overlapsAmong(new Map(all));
        expect(overlapsAmong(new Map(all.toReversed()))).toEqual(overlaps);
        for (const { keys, level, issues } of overlaps) {
          expect(keysConflict(keys[0].key, keys[1].key)).toBe(true);
          expect(level === 'exclusive').toBe(keys.every((each) => each.level === 'exclusive'));
          expect(issues[0]).toBeLessThan(issues[1]);
        }
      }),
    );
  });
});

const guess = (name: string, sure: number): PredictedKey => {
  const clues: KeyClues['clues'] = [{ source: 'identifier', quote: name, via: null, confidence: sure }];
  const [found] = forecast({ named: [], clues: [{ key: name, clues }], learnt: new Map(), thresholds });
  if (!found) throw new Error('nothing predicted');
  return found;
};
