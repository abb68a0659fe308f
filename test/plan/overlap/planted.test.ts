import { expect, test } from 'vitest';
import type { CodeMap } from '../../../src/domain/code-map.ts';
import type { Scores } from '../../../src/domain/overlap.ts';
import { Random } from '../../../src/plan/improve/random.ts';
import { cluesOf } from '../../../src/plan/overlap/clues.ts';
import { indexOf } from '../../../src/plan/overlap/code-index.ts';
import { compare } from '../../../src/plan/overlap/compare.ts';
import { issueWords } from '../../../src/plan/overlap/issue-words.ts';
import { predictOverlaps } from '../../../src/plan/overlap/predict-overlaps.ts';
import { replaced } from '../../../src/plan/overlap/scores.ts';
import { aCodeMap } from '../../support/code-map.ts';

/* A repository whose truth is known: files belong to modules that change together, besides chance. */

const MODULES = 40;
const FILES = 5;
const fileOf = (module: number, file: number): string => `src/m${module}/part-${module}-${file}.ts`;

/** What one change of a module touches: most of its files, and now and then one of another. */
function changeOf(module: number, random: Random): readonly string[] {
  const own = Array.from({ length: FILES }, (_, file) => fileOf(module, file)).filter(
    () => random.next() < 0.9,
  );
  const stray = fileOf(random.below(MODULES), random.below(FILES));
  return [...new Set(random.next() < 0.2 ? [...own, stray] : own)];
}

/** The map that such a history gives: pairs with a support of 3 and a lift above 1. */
function mapOf(commits: readonly (readonly string[])[]): CodeMap {
  const changes = new Map<string, number>();
  const pairs = new Map<string, number>();
  for (const paths of commits)
    for (const path of paths) {
      changes.set(path, (changes.get(path) ?? 0) + 1);
      for (const other of paths)
        if (other !== path) pairs.set(`${path} ${other}`, (pairs.get(`${path} ${other}`) ?? 0) + 1);
    }
  const of = (path: string): number => changes.get(path) ?? 0;
  const strong = [...pairs].flatMap(([pair, support]) => {
    const [path = '', other = ''] = pair.split(' ');
    const lift = (support * commits.length) / (of(path) * of(other));
    return support >= 3 && lift > 1 ? [[path, other, support, support / of(path)] as const] : [];
  });
  const files = Array.from({ length: MODULES * FILES }, (_, at) =>
    fileOf(Math.floor(at / FILES), at % FILES),
  );
  return aCodeMap({ files, together: strong, commits: commits.length });
}

const ratesOf = (scores: Scores): { readonly precision: number; readonly recall: number } => {
  const { hits, predicted, found, real } = scores.get('foreseen') ?? {
    hits: 0,
    predicted: 1,
    found: 0,
    real: 1,
  };
  return { precision: hits / predicted, recall: found / real };
};

/** Issues that each name one file of a module, predicted and compared with what their change touches. */
function rates(codeMap: CodeMap | null, seed: number): ReturnType<typeof ratesOf> {
  const random = new Random(seed);
  let learnt: Scores = new Map();
  for (let number = 1; number <= 200; number++) {
    const module = random.below(MODULES);
    const body = `Mend \`${fileOf(module, 0)}\`.`;
    const issues = [{ number, title: 'Mend it', body, labels: [] }];
    const thresholds = { exclusive: 0.8, warn: 0.4 };
    const foreseen = predictOverlaps({ issues, codeMap, learnt, thresholds }).tasks.get(number) ?? [];
    const changed = [...new Set([fileOf(module, 0), ...changeOf(module, random)])];
    learnt = replaced(learnt, [], compare(foreseen, changed).scores);
  }
  return ratesOf(learnt);
}

test('with history four times as many changed files are foreseen as by named paths alone, and nine of ten are right', () => {
  const random = new Random(7);
  const commits = Array.from({ length: 1_000 }, () => changeOf(random.below(MODULES), random));
  const [named, predicted] = [rates(null, 11), rates(mapOf(commits), 11)];
  expect(named.precision).toBe(1);
  expect(named.recall).toBeLessThan(0.25);
  expect(predicted.recall).toBeGreaterThan(0.9);
  expect(predicted.precision).toBeGreaterThan(0.9);
});

/** How much of a map with so many files one issue looks at. */
function looksAt(files: number): number {
  let looks = 0;
  const names = Array.from({ length: files }, (_, at) => `src/d${at % 100}/file${at}.ts`).sort();
  const map = aCodeMap({ files: names, imports: { 'src/d1/file1.ts': ['src/d2/file2.ts'] } });
  const index = indexOf(map);
  const counted = new Proxy(map.files, {
    get: (target, property, receiver) => {
      looks += 1;
      return Reflect.get(target, property, receiver);
    },
  });
  const body = '`src/d1/file1.ts`, `src/d2/`, `src/*.ts`, `file7`, `src/**/file8.ts` and @acme/cart';
  const words = issueWords({ number: 1, title: 'Work', body, labels: [] });
  cluesOf(words, { ...index, map: { ...map, files: counted } });
  return looks;
}

test('one issue looks at a few files of the repository, however many there are', () => {
  const [small, large] = [looksAt(1_000), looksAt(100_000)];
  expect(large).toBeLessThan(2 * small + 100);
  expect(large).toBeLessThan(2_000);
});

test('a thousand tasks that share one file are told apart without looking at every pair', () => {
  const together = [['a.ts', 'b.ts', 9, 0.6]] as const;
  const issues = Array.from({ length: 1_000 }, (_, at) => ({
    number: at + 1,
    title: 'x',
    body: '`a.ts`',
    labels: [],
  }));
  const codeMap = aCodeMap({ files: ['a.ts', 'b.ts'], together });
  const found = predictOverlaps({
    issues,
    codeMap,
    learnt: new Map(),
    thresholds: { exclusive: 0.8, warn: 0.4 },
  });
  expect(found.tasks.size).toBe(1_000);
  expect(found.overlaps.length).toBeLessThan(30_000);
});
