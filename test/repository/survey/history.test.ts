import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CoChange } from '../../../src/domain/code-map.ts';
import type { Sha } from '../../../src/domain/ids.ts';
import { historyOf } from '../../../src/repository/survey/info/co-change.ts';
import { type Files, Past } from './past.ts';

let past: Past;
beforeAll(async () => {
  past = await Past.create();
});
afterAll(() => past.remove());

const NAMES = ['a', 'b', 'c', 'd', 'e', 'gone'];
const commit = fc.uniqueArray(fc.constantFrom(...NAMES), { maxLength: 5 });

describe('what changes together', () => {
  test('is counted as by hand', () => {
    fc.assert(
      fc.property(fc.array(commit, { maxLength: 40 }), (commits) => {
        const files = NAMES.slice(0, 5);
        const history = historyOf(files, commits);
        expect(history.commits).toBe(commits.filter((paths) => paths.length > 0).length);
        for (const file of files) {
          expect(history.changes.get(file) ?? 0).toBe(commits.filter((paths) => paths.includes(file)).length);
          expect(new Set(history.together.get(file) ?? [])).toEqual(new Set(byHand(files, commits, file)));
        }
      }),
      { numRuns: 60 },
    );
  });

  test('has the twenty strongest partners of a file, the strongest first', () => {
    const partners = Array.from({ length: 25 }, (_, at) => `p${String(at).padStart(2, '0')}`);
    const commits = Array.from({ length: 40 }, (_, at) => ['hub', ...partners.slice(0, 3 + (at % 23))]);
    const others = Array.from({ length: 100 }, () => ['other']);
    const { together } = historyOf(['hub', 'other', ...partners], [...commits, ...others]);
    const found = together.get('hub')?.map(({ path }) => path) ?? [];
    expect(found).toHaveLength(20);
    expect(found.slice(0, 3)).toEqual(['p00', 'p01', 'p02']);
    expect(together.has('other')).toBe(false);
  });

  test('is read of git: no merges, no renames, no commit of more than thirty files', async () => {
    const many = Object.fromEntries(Array.from({ length: 31 }, (_, at) => [`many/${at}`, 'x']));
    const root = await past.commit(many);
    const first = await past.commit({ a: '1', b: '1' }, root);
    const second = await past.commit({ a: '2', b: '2', 'many/0': null, renamed: 'x' }, first);
    const side = await past.commit({ a: '3', b: '3' }, first);
    const merge = await past.commit({ a: '4', b: '4', c: 'm' }, second, side);
    const { history } = await past.map(merge);
    expect(history.commits).toBe(3);
    expect(Object.fromEntries(history.changes)).toEqual({ a: 3, b: 3, renamed: 1 });
    expect(history.together.size).toBe(0);
  });
});

function byHand(
  files: readonly string[],
  commits: readonly (readonly string[])[],
  file: string,
): readonly CoChange[] {
  const counting = commits.filter((paths) => paths.length > 0);
  const share = (...paths: string[]) =>
    counting.filter((one) => paths.every((path) => one.includes(path))).length / counting.length;
  return files.flatMap((path) => {
    const support = Math.round(share(file, path) * counting.length);
    const lift = share(file, path) / (share(file) * share(path));
    if (path === file || !(support >= 3) || lift <= 1 + 1e-12) return [];
    return [
      {
        path,
        support,
        lift: expect.closeTo(lift, 9),
        confidence: expect.closeTo(share(file, path) / share(file), 9),
      },
    ];
  });
}

describe('hot files', () => {
  test('are lock files, migrations, and what a tenth of the commits changes', async () => {
    const files: Files = {
      'web/pnpm-lock.yaml': '',
      'db/migrations/001_a.sql': '',
      'src/index.ts': '',
      'src/hub.ts': '',
      'src/a.ts': '',
    };
    const changes = Array.from({ length: 12 }, (_, at) => ({
      files: { 'src/index.ts': `${at}`, [at < 10 ? 'src/hub.ts' : 'src/a.ts']: `${at}` },
    }));
    const commits = await past.commits([{ files }, ...changes]);
    const { hot } = await past.map(commits.at(-1) as Sha);
    expect(hot.map(({ path, kind }) => `${path} ${kind}`)).toEqual([
      'db/migrations/001_a.sql migrations',
      'src/hub.ts often-changed',
      'src/index.ts registry',
      'web/pnpm-lock.yaml lock-file',
    ]);
    expect(hot[2]?.why).toBe('changed by 13 of the last 13 commits');
  });
});

describe('owners', () => {
  test("are read where GitHub looks first, in the file's order", async () => {
    const text =
      '# all\n*       @acme/all # by default\n\n/docs/ docs@example.com @a\n!no @a\n[ab].ts @a\nwith\\ space.md @b\n/free/\n';
    const { owners } = await past.mapOf({
      '.github/CODEOWNERS': text,
      CODEOWNERS: '* @other',
      'docs/CODEOWNERS': '* @third',
    });
    expect(owners).toEqual([
      { pattern: '*', owners: ['@acme/all'], line: 2 },
      { pattern: '/docs/', owners: ['docs@example.com', '@a'], line: 4 },
      { pattern: 'with space.md', owners: ['@b'], line: 7 },
      { pattern: '/free/', owners: [], line: 8 },
    ]);
  });

  test('are none where the file is larger than GitHub reads', async () => {
    const { owners, gaps } = await past.mapOf({ CODEOWNERS: '* @a\n'.repeat(700_000) });
    expect(owners).toEqual([]);
    expect(gaps.join()).toContain('CODEOWNERS is too large');
  });
});

describe('an incremental survey', () => {
  const files = fc.dictionary(
    fc.constantFrom('a.ts', 'b.ts', 'c.py', 'd/e.ts', 'package.json', 'CODEOWNERS'),
    fc.constantFrom(
      null,
      "import './a'",
      "import './b.js'; import './d/e'",
      'import a',
      '{"name":"x"}',
      '* @a',
      'broken ((',
    ),
    { maxKeys: 4 },
  );
  const steps = fc.array(fc.record({ files, on: fc.nat(20), merge: fc.boolean(), look: fc.boolean() }), {
    minLength: 1,
    maxLength: 10,
  });

  test('is like one from scratch, after any commits, merges and rewritten histories', async () => {
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        const made: Sha[] = [await past.commit({ 'a.ts': '' })];
        let { cache } = await past.look(made[0] as Sha);
        for (const { files, on, merge, look } of all) {
          const parents = [made[on % made.length], ...(merge ? [made.at(-1)] : [])];
          const next = await past.commit(files, ...new Set(parents.flatMap((one) => one ?? [])));
          made.push(next);
          if (!look) continue;
          const again = await past.look(next, cache);
          expect(again.map).toEqual(await past.map(next));
          cache = again.cache;
        }
      }),
      { numRuns: 5, endOnFailure: true },
    );
  });

  test('parses only what is new', async () => {
    const [first, second] = await past.commits([
      { files: { 'a.ts': "import './b'", 'b.ts': 'import "./a"' } },
      { files: { 'b.ts': "import './a' // now", 'copy.ts': "import './b'" } },
    ]);
    const { cache } = await past.look(first as Sha);
    const before = new Map(cache.imports);
    const after = await past.look(second as Sha, { ...cache, imports: before });
    expect([...after.cache.imports.keys()].filter((name) => !before.has(name))).toHaveLength(1);
    expect(after.map.imports.get('copy.ts')).toEqual(['b.ts']);
  });
});

describe('a history without its older commits', () => {
  test('says so, and does not take its first commit for a change of everything', async () => {
    const own = await Past.create();
    const commits = await own.commits([
      { files: { a: '1', b: '1' } },
      { files: { a: '2' } },
      { files: { b: '2' } },
    ]);
    await writeFile(join(own.gitDir, 'shallow'), `${commits[1]}\n`);
    const { history, gaps } = await own.map(commits[2] as Sha);
    await own.remove();
    expect([history.commits, Object.fromEntries(history.changes)]).toEqual([1, { b: 1 }]);
    expect(gaps).toEqual(['the history ends early: it was cloned without its older commits']);
  });
});
