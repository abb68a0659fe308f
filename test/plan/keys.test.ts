import { describe, expect, it } from 'vitest';
import { pathKeys, policyKeys } from '../../src/plan/keys.ts';

const keysOf = (body: string): string[] => pathKeys(body).map(({ key }) => key);

describe('paths that an issue names', () => {
  it.each([
    ['Change `src/a.ts`.', ['src/a.ts']],
    ['Change `./src/a.ts` and `src/a.ts`', ['src/a.ts']],
    ['See `src/a.ts:12`, `src/b.ts:12:5` and `src/c.ts#L3-L9`', ['src/a.ts', 'src/b.ts', 'src/c.ts']],
    ['All of `src/api/`', ['src/api']],
    ['The globs `src/**`, `migrations/*.sql` and `*.md`', ['src/**', 'migrations/*.sql', '**/*.md']],
    [
      '`package.json`, `Dockerfile`, `.gitignore`, `README.md`',
      ['package.json', 'Dockerfile', '.gitignore', 'README.md'],
    ],
    ['`app/[id]/(group)/page.tsx`', ['app/[id]/(group)/page.tsx']],
    ['`.github/workflows/ci.yml`', ['.github/workflows/ci.yml']],
    ['`docs/übersicht.md`', ['docs/übersicht.md']],
    [
      '## Files\n\n- src/a.ts\n- `src/b.ts`: the parser\n- [ ] src/c.ts - new',
      ['src/a.ts', 'src/b.ts', 'src/c.ts'],
    ],
    ['**Files:**\n* src/a.ts\n\n## Notes\n* src/b.ts', ['src/a.ts']],
    ['### Files to change\n1. src/a.ts', ['src/a.ts']],
    ['Files:\n- Makefile', ['Makefile']],
  ])('reads %j', (body, keys) => {
    expect(keysOf(body)).toEqual(keys);
  });

  it.each([
    'src/a.ts without backticks',
    '`../secret.ts` `src/../../a.ts`',
    '`/etc/passwd` `~/a.ts` `C:\\a.ts`',
    '`https://example.com/a.ts` `git@host:o/r.git`',
    '`npm run build` `cat src/a.ts` `GET /users`',
    '`foo.bar()` `a.b` `console.log` `process.argv` `this.items`',
    '`1.2.3` `v1.2.3` `2024/01/02` `1/2`',
    '`Node.js` `Next.js`',
    '`application/json` `text/html` `and/or` `I/O` `n/a`',
    '`origin/main` `refs/heads/main`',
    '`@scope/package` `node:fs/promises`',
    '`owner/repo#5` `a=b/c`',
    '`src//a.ts` `` ` `` `/` `.` `..` `*`',
    '```\n`src/a.ts`\n```\n> `src/b.ts`\n<!-- `src/c.ts` -->',
    '## Profiles\n- src/a.ts',
    'Files are fine\n- src/a.ts',
  ])('finds none in %j', (body) => {
    expect(keysOf(body)).toEqual([]);
  });

  it('keeps the words that name each', () => {
    expect(pathKeys('In `./src/a.ts:3`')).toEqual([{ key: 'src/a.ts', quote: './src/a.ts:3' }]);
  });

  it('keeps a bounded number', () => {
    const body = Array.from({ length: 200 }, (_, i) => `\`src/${i}.ts\``).join(' ');
    expect(keysOf(body)).toHaveLength(50);
  });
});

it('names the keys of the policy that cover a path', () => {
  const named = { database: ['migrations/**'], assets: ['*.png', 'public/**'] };
  expect(policyKeys(['migrations/1.sql', 'src/a.ts'], named)).toEqual(['database']);
  expect(policyKeys(['migrations'], named)).toEqual(['database']);
  expect(policyKeys(['src/a.ts'], named)).toEqual([]);
});
