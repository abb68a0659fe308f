import { describe, expect, test } from 'vitest';
import type { PredictedKey } from '../../../src/domain/overlap.ts';
import { predictOverlaps } from '../../../src/plan/overlap/predict-overlaps.ts';
import { aCodeMap, type MapDraft } from '../../support/code-map.ts';

const THRESHOLDS = { exclusive: 0.8, warn: 0.4 };

/** The keys predicted of one issue, by their names. */
function predicted(
  issue: { title?: string; body?: string; labels?: readonly string[] },
  draft: MapDraft,
): Readonly<Record<string, PredictedKey>> {
  const text = { number: 1, title: 'Work', body: '', labels: [], ...issue };
  const request = { issues: [text], codeMap: aCodeMap(draft), learnt: new Map(), thresholds: THRESHOLDS };
  const keys = predictOverlaps(request).tasks.get(1) ?? [];
  return Object.fromEntries(keys.map((key) => [key.key, key]));
}

const levels = (keys: Readonly<Record<string, PredictedKey>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.values(keys).map(({ key, level }) => [key, level]));

describe('what somebody names', () => {
  test('is exclusive whatever else is known: files, directories and globs', () => {
    const keys = predicted({ body: 'In `src/a.ts`, `src/docs/` and `test/**/*.snap`' }, {});
    expect(levels(keys)).toEqual({
      'src/a.ts': 'exclusive',
      'src/docs': 'exclusive',
      'test/**/*.snap': 'exclusive',
    });
    expect(keys['src/docs']?.clues).toEqual([
      { source: 'named', quote: 'src/docs/', via: null, confidence: 1 },
    ]);
  });

  test('by its last part is the one file that ends so', () => {
    const files = ['packages/cart/src/price.ts', 'packages/tax/src/rate.ts'];
    const keys = predicted({ body: 'Round in `src/price.ts`.' }, { files });
    expect(levels(keys)).toEqual({ 'src/price.ts': 'exclusive', 'packages/cart/src/price.ts': 'exclusive' });
  });

  test('by its last part is nothing more where two files end so', () => {
    const files = ['a/src/price.ts', 'b/src/price.ts'];
    expect(levels(predicted({ body: '`src/price.ts`' }, { files }))).toEqual({ 'src/price.ts': 'exclusive' });
  });
});

describe('identifiers', () => {
  const files = ['src/price-list.ts', 'src/cart.ts', 'src/main.ts', 'a/twice.ts', 'b/twice.ts'];

  test('stand for the one file that is called so, in any way of writing', () => {
    const keys = predicted({ body: 'Speed up `PriceList` and `cart`.' }, { files });
    expect(levels(keys)).toEqual({ 'src/price-list.ts': 'warn', 'src/cart.ts': 'warn' });
    expect(keys['src/price-list.ts']?.confidence).toBeGreaterThan(keys['src/cart.ts']?.confidence ?? 1);
  });

  test('stand for nothing in prose, where two files are called so, or where the word is a common one', () => {
    expect(
      predicted({ body: 'The cart of `twice` on `main`: `git push`, `cart.total()`' }, { files }),
    ).toEqual({});
  });
});

describe('packages', () => {
  const packages = { 'packages/cart': '@acme/cart', 'packages/tax': '@acme/tax', '': 'acme' };

  test('are named in inline code, with their scope in plain text, or by a label', () => {
    const keys = predicted({ body: 'Let `cart` know of @acme/tax.' }, { packages });
    expect(Object.keys(keys)).toEqual(['packages/cart/**', 'packages/tax/**']);
    const labelled = predicted({ labels: ['area/cart', 'pkg:tax', 'bug'] }, { packages });
    expect(levels(labelled)).toEqual({ 'packages/cart/**': 'warn', 'packages/tax/**': 'warn' });
  });

  test('that a label and the text name are held', () => {
    const keys = predicted({ body: 'In `@acme/cart`.', labels: ['package/cart'] }, { packages });
    expect(levels(keys)).toEqual({ 'packages/cart/**': 'exclusive' });
  });

  test('at the root are not the whole repository', () => {
    expect(predicted({ body: '`acme` is slow' }, { packages })).toEqual({});
  });
});

describe('neighbours of a file', () => {
  test('by imports are ignored alone: those that import it before those that it imports', () => {
    const imports = { 'src/page.ts': ['src/cart.ts'], 'src/cart.ts': ['src/tax.ts'] };
    const keys = predicted({ body: '`src/cart.ts`' }, { files: ['src/cart.ts'], imports });
    expect(levels(keys)).toEqual({
      'src/cart.ts': 'exclusive',
      'src/page.ts': 'ignore',
      'src/tax.ts': 'ignore',
    });
    expect(keys['src/page.ts']?.confidence).toBeGreaterThan(keys['src/tax.ts']?.confidence ?? 1);
    expect(keys['src/page.ts']?.clues).toEqual([
      { source: 'importer', quote: 'src/cart.ts', via: 'src/cart.ts', confidence: 0.3 },
    ]);
  });

  test('by history are held when they nearly always changed with it, and often enough', () => {
    const together = [
      ['a.ts', 'always.ts', 9, 0.95],
      ['a.ts', 'thrice.ts', 3, 1],
      ['a.ts', 'rarely.ts', 9, 0.2],
    ] as const;
    const keys = predicted({ body: '`a.ts`' }, { files: ['a.ts'], together });
    expect(levels(keys)).toEqual({
      'a.ts': 'exclusive',
      'always.ts': 'exclusive',
      'thrice.ts': 'warn',
      'rarely.ts': 'ignore',
    });
  });

  test('of a guessed file are less sure than those of a named one', () => {
    const draft: MapDraft = { files: ['src/cart.ts'], together: [['src/cart.ts', 'b.ts', 9, 1]] };
    const [named, guessed] = [
      predicted({ body: '`src/cart.ts`' }, draft),
      predicted({ body: '`cart`' }, draft),
    ];
    expect(named['b.ts']?.confidence).toBeCloseTo(0.9);
    expect(guessed['b.ts']?.confidence).toBeCloseTo(0.9 * 0.6);
  });
});

describe('owners', () => {
  const owners = { '*': ['@acme/all'], '/src/ui/': ['@acme/frontend'], '*.sql': ['@acme/data'] };

  test('stand for what they own, which alone is never enough to warn', () => {
    const keys = predicted({ body: '@acme/frontend asks', labels: ['team/data'] }, { owners });
    expect(levels(keys)).toEqual({ 'src/ui/**': 'ignore', '**/*.sql': 'ignore' });
  });

  test('of everything stand for nothing', () => {
    expect(predicted({ body: '@acme/all' }, { owners })).toEqual({});
  });
});

describe('hot files', () => {
  const hot = [
    { path: 'package-lock.json', kind: 'lock-file', why: 'lock file' },
    { path: 'db/migrations/0001-first.sql', kind: 'migrations', why: 'migrations' },
    { path: 'db/migrations/0002/up.sql', kind: 'migrations', why: 'migrations' },
    { path: 'CHANGELOG.md', kind: 'often-changed', why: 'in half of the commits' },
  ] as const;
  const draft: MapDraft = { hot, packages: { '': 'acme' }, commits: 10, changes: { 'CHANGELOG.md': 5 } };

  test.each([
    ['Upgrade zod to 4.1', 'exclusive'],
    ['Bump the dependencies', 'exclusive'],
    ['Add a library for charts', 'exclusive'],
    ['Describe how dependencies are resolved', undefined],
    ['Remove the unused function in the package cart', undefined],
    ['Update the colours of the button', undefined],
  ])('%s: the lock file is %s', (title, level) => {
    expect(levels(predicted({ title }, draft))['package-lock.json']).toBe(level);
  });

  test.each([
    ['Add a column to the orders table', 'exclusive'],
    ['Write the migration for invoices', 'exclusive'],
    ['Write a JSON schema for the policy', undefined],
    ['Align the column of prices', undefined],
  ])('%s: the migrations are %s', (title, level) => {
    expect(levels(predicted({ title }, draft))['db/migrations/**']).toBe(level);
  });

  test('come with the manifest beside the lock file, and with what changes anyway as often as it does', () => {
    const keys = predicted({ title: 'Upgrade zod to 4.1' }, draft);
    expect(levels(keys)).toMatchObject({ 'package.json': 'warn', 'CHANGELOG.md': 'warn' });
    expect(keys['CHANGELOG.md']?.confidence).toBe(0.5);
  });

  test('do not count as changing often for having been in the first commit', () => {
    const changes = { 'CHANGELOG.md': 1, 'package-lock.json': 1, 'db/migrations/0001-first.sql': 1 };
    expect(levels(predicted({ title: 'Anything' }, { ...draft, commits: 1, changes }))).toEqual({});
  });
});

test('without a code map named paths alone count, and that is said', () => {
  const issues = [{ number: 1, title: '', body: '`a.ts` and `PriceList`', labels: [] }];
  const found = predictOverlaps({ issues, codeMap: null, learnt: new Map(), thresholds: THRESHOLDS });
  expect(found.tasks.get(1)?.map(({ key }) => key)).toEqual(['a.ts']);
  expect(found.gaps).toHaveLength(1);
});
