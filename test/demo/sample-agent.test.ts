import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WISHES } from '../../src/demo/story/issues.ts';
import { REVIEW_WISH } from '../../src/demo/story/people.ts';
import { Workplace } from './workplace.ts';

let place: Workplace;

beforeEach(async () => {
  place = await Workplace.opens();
});

afterEach(async () => {
  await place.closes();
});

describe('the sample agent', () => {
  test('carries out every issue, and all of it passes the tests together', async () => {
    for (const { name, path } of WISHES) {
      const file = path.replace('src/', 'test/').replace('.js', '.test.js');
      const first = await place.implements(name);
      expect(first.exitCode, first.all).toBe(0);
      const { passed, output } = await place.tests(file);
      if (!passed) expect((await place.implements(name, output)).exitCode).toBe(0);
      expect(passed || (await place.tests(file)).passed, name).toBe(true);
    }
    expect(await place.tests()).toMatchObject({ passed: true });
    const text = await Promise.all([...new Set(WISHES.map(({ path }) => path))].map((it) => place.read(it)));
    for (const { name } of WISHES) expect(text.join('\n')).toContain(`export function ${name}(`);
  });

  test('is hasty with one issue, and learns from what its test printed', async () => {
    await place.implements('chunk');
    const { passed, output } = await place.tests();
    expect(passed).toBe(false);
    const again = await place.implements('chunk', output);
    expect(again.all).toContain('The last try failed its test');
    expect(await place.tests()).toMatchObject({ passed: true });
    expect((await place.read('src/lists.js')).match(/function chunk/g)).toHaveLength(1);
  });

  test('changes nothing where the work that it needs has not landed', async () => {
    const end = await place.implements('slugify');
    expect(end.exitCode).toBe(1);
    expect(end.stderr).toContain('src/text.js has no function words yet');
    expect((await place.git('status', '--porcelain')).stdout).toBe('');
  });

  test('does what a reviewer asks for, in the code and in its test', async () => {
    await place.implements('clamp');
    const comment = { path: 'src/numbers.js', line: 8, body: REVIEW_WISH.comment };
    const end = await place.answers('clamp', { author: 'cleo', body: REVIEW_WISH.body, comments: [comment] });
    expect(end.exitCode, end.all).toBe(0);
    expect(await place.read('src/numbers.js')).toContain('if (low > high) throw new RangeError(');
    expect(await place.read('test/numbers.test.js')).toContain('assert.throws(() => clamp(');
    expect(await place.tests()).toMatchObject({ passed: true });
  });

  test('keeps both sides of a conflict with what landed meanwhile', async () => {
    await place.implements('words');
    await place.commits('words');
    for (const name of ['slugify', 'initials']) {
      await place.git('switch', '-q', '-c', name, 'main');
      await place.implements(name);
      await place.commits(name);
    }
    expect((await place.git('merge', 'slugify')).exitCode).toBe(1);
    const end = await place.resolves('initials');
    expect(end.exitCode, end.all).toBe(0);
    expect(await place.read('src/index.js')).toMatch(/'\.\/urls\.js';\nexport \* from '\.\/users\.js';\n$/);
    expect(await place.tests()).toMatchObject({ passed: true });
  });

  test('keeps both sides where two functions end in the same line', async () => {
    for (const name of ['clamp', 'median']) {
      await place.git('switch', '-q', '-c', name, 'main');
      await place.implements(name);
      await place.commits(name);
    }
    expect((await place.git('merge', 'clamp')).exitCode).toBe(1);
    const end = await place.resolves('median');
    expect(end.exitCode, end.all).toBe(0);
    const text = await place.read('src/numbers.js');
    expect(text.match(/^export function (sum|clamp|median)/gm)).toHaveLength(3);
    expect(await place.tests('test/numbers.test.js')).toMatchObject({ passed: true });
  });

  test('reports progress, a summary and usage in lines', async () => {
    const { stdout } = await place.implements('words');
    expect(stdout).toContain('Edited src/text.js');
    const said = stdout.split('\n').filter((line) => line.startsWith('{'));
    expect(said.map((line) => JSON.parse(line).type)).toEqual(['summary', 'usage']);
  });
});
