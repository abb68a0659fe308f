import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keysConflict, pathMatches } from '../../src/plan/conflicts.ts';
import { sharedKeys } from '../../src/plan/shared-keys.ts';
import { processorMs } from '../support/processor-time.ts';

describe('two exclusive keys', () => {
  it.each([
    ['src/a.ts', 'src/a.ts'],
    ['src', 'src/a.ts'],
    ['src/**', 'src/a.ts'],
    ['src/**', 'src'],
    ['src/**', 'src/deep/er/a.ts'],
    ['src/*.ts', 'src/a.ts'],
    ['src/*', 'src/deep/a.ts'],
    ['**/*.ts', 'src/a.ts'],
    ['**/*.ts', 'a.ts'],
    ['src/**/test/*.ts', 'src/test/a.ts'],
    ['src/**', '**/*.ts'],
    ['src/a*.ts', 'src/*b.ts'],
    ['src/{a,b}.ts', 'src/a.ts'],
    ['src/?.ts', 'src/a.ts'],
    ['database', 'database'],
  ])('%s and %s conflict', (a, b) => {
    expect([keysConflict(a, b), keysConflict(b, a)]).toEqual([true, true]);
  });

  it.each([
    ['src/a.ts', 'src/b.ts'],
    ['src/a', 'src/a.ts'],
    ['src/a.ts', 'src/a.tsx'],
    ['src/**', 'test/a.ts'],
    ['src/*.ts', 'src/a.js'],
    ['**/*.ts', 'src/a.js/b.py'],
    ['src/a*.ts', 'src/b*.ts'],
    ['src/*.ts', 'src/*.js'],
    ['src/**/test/*.ts', 'src/main/a.ts'],
    ['app/[id]/page.tsx', 'app/[name]/page.tsx'],
    ['database', 'data'],
    ['__proto__', 'constructor'],
  ])('%s and %s do not', (a, b) => {
    expect([keysConflict(a, b), keysConflict(b, a)]).toEqual([false, false]);
  });

  it('conflict in either order, and each with itself', () => {
    const segment = fc.constantFrom('a', 'b', 'ab', '*', '**', 'a*', '*b', '?', '');
    const key = fc.array(segment, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(key, key, (a, b) => {
        expect(keysConflict(a, a)).toBe(true);
        expect(keysConflict(a, b)).toBe(keysConflict(b, a));
      }),
    );
  });

  it('conflict wherever one path fits both globs', () => {
    const glob = fc.array(fc.constantFrom('a', 'b', '*', '**', 'a*'), { minLength: 1, maxLength: 4 });
    const path = fc.array(fc.constantFrom('a', 'b', 'ab'), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(glob, glob, path, (a, b, parts) => {
        fc.pre(fitsByExpression(a, parts) && fitsByExpression(b, parts));
        expect(keysConflict(a.join('/'), b.join('/'))).toBe(true);
      }),
    );
  });

  it('take no time to compare, even where they are made to', () => {
    const before = process.cpuUsage();
    keysConflict(`${'**/a/'.repeat(40)}x`, `${'a/**/'.repeat(40)}y`);
    keysConflict(`${'a*'.repeat(100)}b`, 'a'.repeat(250));
    expect(processorMs(before)).toBeLessThan(500);
  });
});

function fitsByExpression(glob: readonly string[], path: readonly string[]): boolean {
  const source = glob
    .map((part) => (part === '**' ? '(?:[^/]+/)*' : `${part.replaceAll('*', '[^/]*')}/`))
    .join('');
  return new RegExp(`^${source}$`).test(`${path.join('/')}/`);
}

describe('a pattern of protected paths', () => {
  it.each([
    ['CODEOWNERS', 'CODEOWNERS', true],
    ['.github/CODEOWNERS', 'CODEOWNERS', true],
    ['docs/CODEOWNERS.md', 'CODEOWNERS', false],
    ['.github/workflows/ci.yml', '.github/workflows/**', true],
    ['.github/workflows/ci.yml', '.github/workflows/', true],
    ['.github', '.github/workflows/**', false],
    ['src/a.sql', '*.sql', true],
    ['src/a.sql', '/*.sql', false],
    ['a.sql', '/*.sql', true],
  ])('%s under %s: %s', (path, pattern, expected) => {
    expect(pathMatches(path, pattern)).toBe(expected);
  });
});

it('gives equal keys to sets exactly where theirs conflict', () => {
  const key = fc.constantFrom('src', 'src/a.ts', 'src/b.ts', 'src/*.ts', 'docs/**', 'docs/x.md', 'db');
  fc.assert(
    fc.property(fc.array(fc.uniqueArray(key, { maxLength: 3 }), { maxLength: 5 }), (sets) => {
      const shared = sharedKeys(sets);
      for (const [i, a] of sets.entries()) {
        for (const [j, b] of sets.entries()) {
          const conflict = a.some((x) => b.some((y) => keysConflict(x, y)));
          expect(shared[i]?.some((x) => shared[j]?.includes(x)) ?? false).toBe(conflict);
        }
      }
    }),
  );
});
